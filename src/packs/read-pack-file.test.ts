import { expect, test } from 'vitest';
import { readPackFile } from './read-pack-file.ts';

const head = 'antiphon: 1\npack: chat\n';
const least = 'transports: { ws: { kind: websocket } }\nkind: /type\n';

function problems(table: string) {
  const { packFile, diagnostics } = readPackFile(head + table, 'chat/pack.yaml');
  expect(packFile === undefined).toBe(diagnostics.length > 0);
  return diagnostics.map(
    ({ code, message, suggestion, span }) => `${span.line}: ${code}: ${message}${suggestion ? ` (${suggestion})` : ''}`,
  );
}

test('what a pack does not say has its default', () => {
  expect(readPackFile(head + least, 'chat/pack.yaml').packFile).toEqual({
    name: 'chat',
    file: 'chat/pack.yaml',
    transports: [{ name: 'ws', kind: 'websocket', opcode: 'text', codec: 'json', role: 'client', message: true }],
    kind: { by: 'pointers', pointers: [['type']] },
    unwrap: [],
    fill: {},
    fieldForms: new Map(),
    reply: new Map(),
    unordered: [],
    accounts: {},
    configurations: [
      { name: 'plain', serve: ['--demo'], sources: {}, limits: {}, timers: {}, values: {}, capabilities: {} },
    ],
    language: {
      actors: [],
      sources: new Map(),
      capabilities: [],
      limits: {},
      timers: {},
      values: {},
      profiles: new Map(),
      transports: new Map([['ws', { omits: [] }]]),
      file: 'chat/pack.yaml',
    },
  });
});

test('a configuration has the capabilities of its profile, under its own', () => {
  const table = [
    'capabilities: [groups, files, voice]',
    'profiles: { old: { capabilities: { groups: true, files: true } } }',
    'configurations: { old: { profile: old, capabilities: { files: false, voice: true } } }',
  ].join('\n');
  const { packFile } = readPackFile(`${head}${least}${table}`, 'chat/pack.yaml');
  expect(packFile?.configurations[0]?.capabilities).toEqual({ groups: true, files: false, voice: true });
});

test('a configuration says where facts come from, as a target file does', () => {
  const table = [
    'sources: { otp: [email], key: [] }',
    'configurations:',
    '  mailed:',
    '    serve: [--otp-log, otp.log]',
    '    sources: { otp: { file: otp.log, pattern: "^$(email) (.+)$" }, key: { fixed: 7 } }',
  ];
  const { packFile } = readPackFile(head + least + table.join('\n'), 'chat/pack.yaml');
  expect(packFile?.configurations[0]?.sources).toEqual({
    otp: { kind: 'file', path: 'otp.log', pattern: '^$(email) (.+)$', withinUs: 10e6 },
    key: { kind: 'fixed', value: 7 },
  });
});

test('scenarios run by default where both sides send frames of their own', () => {
  const table = [
    'transports:',
    '  socket: { kind: websocket }',
    '  lines: { kind: lines }',
    '  raw: { kind: lines, codec: text }',
    '  rpc: { kind: http }',
    '  poll: { kind: http, message: true }',
    '  voice: { kind: udp, codec: text, quiet: 200 ms }',
    '  plugin: { kind: websocket, role: server }',
    'kind: member',
  ].join('\n');
  const { packFile } = readPackFile(head + table, 'chat/pack.yaml');
  expect(packFile?.transports.filter(row => row.message).map(row => row.name)).toEqual(['socket', 'lines', 'poll']);
  expect(packFile?.transports.find(row => row.name === 'voice')?.quietUs).toBe(200_000);
});

test('what the scenario language reads itself stays as it stands', () => {
  const table = [
    'transports: { ws: { kind: websocket }, grpc: { kind: http, values: { token: none }, omits: [/*/id, { when: { ctrl: {} }, at: /ctrl/ts }] } }',
    'kind: member',
    'ignore: { pres: {} }',
    'barrier: { params: { topic: me }, proves: all was handled, steps: [ { client: me, send: {} } ] }',
    'accounts: { user: u$(n) }',
    'actors: { user: { account: true, transport: grpc, ignore: [], run: { token: user, list: known } } }',
    'sources: { otp: email }',
    'profiles: { old: { values: { version: 1 }, capabilities: { groups: false } } }',
    'load: { marker: { sent: /pub/content, received: /data/content }, delivery: data, ack: [ctrl] }',
  ].join('\n');
  const { packFile, diagnostics } = readPackFile(head + table, 'chat/pack.yaml');
  expect(diagnostics).toEqual([]);
  const { language } = packFile!;
  expect(language.transports?.get('grpc')).toMatchObject({
    values: { token: 'none' },
    omits: [{ at: ['*', 'id'] }, { when: { type: 'map' }, at: ['ctrl', 'ts'] }],
  });
  expect(language.ignore?.type).toBe('map');
  expect(language.barrier).toMatchObject({
    proves: 'all was handled',
    params: { type: 'map' },
    steps: { type: 'list' },
  });
  expect(language.actors).toMatchObject([
    { name: 'user', account: true, transport: 'grpc', ignore: { elements: [] }, run: { token: 'user', list: 'known' } },
  ]);
  expect(language.sources).toEqual(new Map([['otp', ['email']]]));
  expect(language.profiles).toEqual(
    new Map([['old', { limits: {}, timers: {}, values: { version: 1 }, capabilities: { groups: false } }]]),
  );
  expect(language.load).toEqual({
    marker: { sent: '/pub/content', received: '/data/content' },
    delivery: 'data',
    ack: ['ctrl'],
  });
});

test.each([
  ['transports: {}\nkind: /type', ['3: entry-count: expected at least 1 entry, came 0']],
  [
    'transports: { ws: { kind: websockets } }\nkind: /type',
    [
      '3: wrong-type: expected websocket, longpoll, grpc, lines, http or udp, came the text "websockets" (write websocket)',
    ],
  ],
  [
    'transports: { ws: { kind: websocket, endpoint: wss } }\nkind: /type',
    ['3: unknown-transport: expected a transport that the pack has, came wss (did you mean ws?)'],
  ],
  [
    'transports: { ws: { kind: websocket, session: { at: /sid, query: sid } }, lp: { kind: longpoll } }\nkind: /type',
    [
      '3: wrong-session: session is for transports of kind longpoll, ws is of kind websocket (write session: { at: /pointer, query: name }, there only)',
      '3: wrong-session: the transport lp needs the key session: where the first answer names it (write session: { at: /pointer, query: name }, there only)',
    ],
  ],
  [
    'transports: { ws: { kind: websocket, codec: jsn } }\nkind: /type',
    ['3: unknown-codec: expected a codec that the pack has, came jsn (did you mean json?)'],
  ],
  [
    'kind: member',
    ['1: missing-key: a pack needs the key transports (add transports: a map from names to a transport)'],
  ],
  [
    'transports: { ws: { kind: websocket } }\nkind: [/type, { name: a, when: {} }]',
    ['4: kind-mixed: expected pointers only or { name, when } only, came both (name every kind by a pattern)'],
  ],
  [
    `${least}unwrap: { when: { type: $as }, at: actions }`,
    ['5: wrong-type: expected a JSON Pointer such as /message/body, came the text "actions"'],
  ],
  [
    `${least}unwrap: { when: { type: { $as: x } }, at: /a }`,
    ['5: capture-not-here: expected a pattern without captures, came $as: x (write $any)'],
  ],
  [
    `${least}unwrap: { when: { type: $(packs.x) }, at: /a }`,
    ['5: unknown-name: expected pack, limits or timers in a pattern of the pack, came packs (did you mean pack?)'],
  ],
  [
    `${least}limits: { bytes: 5 }\nunwrap: { when: { size: $(limits.byte) }, at: /a }`,
    ['6: unknown-value: expected a name among the limits of the pack, came byte (did you mean bytes?)'],
  ],
  [
    `${least}reply: { a: /b~c }`,
    [
      '5: bad-pointer: expected a JSON Pointer such as /message/body, came "/b~c" (write ~0 for ~ and ~1 for / in a member name)',
    ],
  ],
  [`${least}request: { id: /id, make: c }`, ['5: wrong-type: expected a template with $(n) in it, came the text "c"']],
  [
    `${least}request: { id: /id, make: c$(n)$(m) }`,
    ['5: unknown-name: expected a name in request.make that the pack has, came m (did you mean n?)'],
  ],
  [
    `${least}receive: { maxBytes: $(limits.bytes) }\nlimits: { byte: 5 }`,
    ['5: unknown-limit: expected a limit that the pack has, came bytes (did you mean byte?)'],
  ],
  [
    `${least}receive: { maxBytes: $(pack.bytes) }`,
    ['5: reference-not-here: expected a limit such as $(limits.frameBytes), came $(pack.bytes)'],
  ],
  [
    `${least}values: { a: [ $(unique) ] }`,
    [
      '5: reference-not-here: expected a value without references, came $(unique): pack.yaml has its values as they are (write the value itself)',
    ],
  ],
  [
    `${least}timers: { call: 30 }`,
    ['5: unit-missing: expected a duration such as 20 ms, 4 s or 2 min, came the number 30 (add a unit: 30 s)'],
  ],
  [
    `${least}actors: { user: { account: true } }`,
    [
      '5: accounts-missing: the actor user leases an account, but the pack has no accounts (add accounts: { user: u$(n)-$(unique) })',
    ],
  ],
  [
    `${least}actors: { user: { transport: wss } }`,
    ['5: unknown-transport: expected a transport that the pack has, came wss (did you mean ws?)'],
  ],
  [
    `${least}sources: { otp: [email] }\nconfigurations: { plain: { sources: { opt: { fixed: 7 } } } }`,
    ['6: unknown-source: expected a source that the pack has, came opt (did you mean otp?)'],
  ],
  [
    `${least}accounts: { user: u$(nn) }`,
    ['5: unknown-name: expected a name in accounts that the pack has, came nn (did you mean n?)'],
  ],
  [
    `${least}code: pack.mjs`,
    ['5: wrong-type: expected a module beside this file, such as ./pack.mjs, came the text "pack.mjs"'],
  ],
  [
    `${least}barier: {}\nlimit: {}`,
    [
      '5: unknown-key: unknown key "barier" in a pack (did you mean barrier?)',
      '6: unknown-key: unknown key "limit" in a pack (did you mean limits?)',
    ],
  ],
])('%s', (table, expected) => {
  expect(problems(table)).toEqual(expected);
});

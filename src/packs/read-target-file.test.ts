import { expect, test } from 'vitest';
import { readPackFile } from './read-pack-file.ts';
import { readTargetFile } from './read-target-file.ts';

const head = 'antiphon: 1\ntarget: A server\nprotocol: chat\nendpoints: { lines: 127.0.0.1:6969 }\n';

function read(rest: string, surroundings: Partial<Parameters<typeof readTargetFile>[2]> = {}, begin = head) {
  return readTargetFile(begin + rest, 'chat/target.yaml', { env: {}, vars: {}, ...surroundings });
}

/** `line: code: message (suggestion)` of everything that is wrong. */
function problems(rest: string, surroundings?: Partial<Parameters<typeof readTargetFile>[2]>, begin?: string) {
  return read(rest, surroundings, begin).diagnostics.map(
    ({ code, message, suggestion, span }) => `${span.line}: ${code}: ${message}${suggestion ? ` (${suggestion})` : ''}`,
  );
}

test('what a target file does not say has its default', () => {
  expect(read('start: { command: ./server }').target).toEqual({
    title: 'A server',
    protocol: 'chat',
    file: 'chat/target.yaml',
    endpoints: { lines: '127.0.0.1:6969' },
    start: {
      command: ['./server'],
      env: {},
      ready: { connect: 'lines', withinUs: 20e6 },
      stop: { signal: 'SIGTERM', withinUs: 5e6 },
    },
    accounts: { mode: 'register', list: [] },
    sources: {},
    capabilities: {},
    limits: {},
    timers: {},
    values: {},
    secrets: new Map(),
  });
});

test('values from the environment are secrets, and only references to them stand in the target', () => {
  const { target, diagnostics } = read(
    [
      'start:',
      '  command: [java, -jar, $(env.CHAT_JAR)]',
      '  env: { KEY: "k-$(env.KEY)" }',
      '  ready: { output: ^listening, within: 3 s }',
      'accounts: { mode: list, list: [ { user: alice, token: $(env.TOKEN) } ] }',
      'sources:',
      '  otp: { command: [./last-otp.sh, $(email), $(env.KEY)], pattern: "([0-9]{4})$", within: 2 s }',
      '  pin: { fixed: "0000" }',
      '  log: { file: $(vars.dir)/otp.log }',
      'limits: { connections: $(vars.connections) }',
      'timers: { call: $(vars.call) }',
      'capabilities: { voice: $(vars.voice) }',
      'values: { price: 5 $$, version: $(vars.version) }',
    ].join('\n'),
    {
      env: { CHAT_JAR: 'chat.jar', KEY: 'hush', TOKEN: 't-1' },
      vars: { dir: '/tmp', connections: '20', call: '1 s', voice: 'true', version: '2' },
    },
  );
  expect(diagnostics).toEqual([]);
  expect(target).toMatchObject({
    start: {
      command: ['java', '-jar', '⟦env.CHAT_JAR⟧'],
      env: { KEY: 'k-⟦env.KEY⟧' },
      ready: { output: '^listening', withinUs: 3e6 },
    },
    accounts: { mode: 'list', list: [{ user: 'alice', token: '⟦env.TOKEN⟧' }] },
    sources: {
      otp: {
        kind: 'command',
        command: ['./last-otp.sh', '$(email)', '⟦env.KEY⟧'],
        pattern: '([0-9]{4})$',
        withinUs: 2e6,
      },
      pin: { kind: 'fixed', value: '0000' },
      log: { kind: 'file', path: '/tmp/otp.log', withinUs: 10e6 },
    },
    limits: { connections: 20 },
    timers: { call: '1 s' },
    capabilities: { voice: true },
    values: { price: '5 $', version: '2' },
  });
  expect(JSON.stringify({ ...target, secrets: undefined })).not.toContain('hush');
  expect([...target!.secrets]).toEqual([
    ['⟦env.CHAT_JAR⟧', 'chat.jar'],
    ['⟦env.KEY⟧', 'hush'],
    ['⟦env.TOKEN⟧', 't-1'],
  ]);
});

test.each([
  [
    'values: { key: $(env.KEY) }',
    [
      '5: missing-environment-variable: expected the environment variable KEY, which chat/target.yaml:5 uses, but it is not set (set it: KEY=… antiphon …)',
    ],
  ],
  [
    'values: { key: $(vars.key) }',
    [
      '5: missing-variable: expected the option --var key=…, which chat/target.yaml:5 uses, but it is not given (give it: --var key=…)',
    ],
  ],
  [
    'values: { key: $(var.key) }',
    ['5: unknown-name: expected $(env.X) or $(vars.X), came $(var.key) (did you mean $(vars.key)?)'],
  ],
  [
    'values: { key: $(unique) }',
    ['5: unknown-name: expected $(env.X) or $(vars.X), came $(unique) (for a plain $ write $$)'],
  ],
  [
    'profile: $(env.HOME)',
    [
      '5: secret-not-here: expected a value that may be shown, came $(env.HOME): what the environment gives is a secret (use $(vars.X) and --var X=…)',
      '5: wrong-type: expected a name of letters, digits, _ and -, came the text "⟦env.HOME⟧"',
    ],
  ],
  ['accounts: { mode: list }', ['5: missing-key: expected accounts for the mode list, came none (add list: [ … ])']],
  [
    'accounts: { mode: register, list: [ { a: b } ] }',
    [
      '5: keys-conflict: mode register and list cannot stand together: the run makes its own accounts (write mode: list)',
    ],
  ],
  [
    'accounts: { mode: tokens }',
    ['5: wrong-type: expected register, list or token, came the text "tokens" (write token)'],
  ],
  [
    'capabilities: { restartable: true }',
    ['5: start-missing: a target that is restartable needs start (add start: { command: … })'],
  ],
  [
    'start: { command: x, ready: { connect: line } }',
    ['5: unknown-endpoint: expected a known endpoint, came line (did you mean lines?)'],
  ],
  [
    'sources: { otp: { fixed: 1, file: x } }',
    ['5: keys-conflict: fixed and file cannot stand together: a fact has one source'],
  ],
  ['sources: { otp: { within: 1 s } }', ['5: missing-key: a source needs fixed, file or command']],
  [
    'sources: { otp: { file: x, pattern: "(" } }',
    [
      '5: bad-regex: expected an ECMAScript regular expression, came "(" (Invalid regular expression: /(/u: Unterminated group)',
    ],
  ],
  [
    'start: { command: x, stop: { within: 5 } }',
    ['5: unit-missing: expected a duration such as 20 ms, 4 s or 2 min, came the number 5 (add a unit: 5 s)'],
  ],
  [
    'endpoint: {}',
    [
      '5: unknown-key: unknown key "endpoint" in a target (known here: antiphon, target, protocol, endpoints, start, tls, profile, accounts, sources, capabilities, limits, timers or values)',
    ],
  ],
])('%s', (rest, expected) => {
  expect(problems(rest, { env: { HOME: '/root' } })).toEqual(expected);
});

test('the names in a target are those of its pack, and its profile lies under it', () => {
  const { packFile } = readPackFile(
    'antiphon: 1\npack: chat\ntransports: { lines: { kind: lines } }\nkind: /type\nsources: { otp: [email] }\ncapabilities: [voice, groups]\nprofiles: { r5: { capabilities: { voice: true, groups: true } } }\n',
    'chat/pack.yaml',
  );
  const rest =
    'profile: r6\ncapabilities: { voices: true }\nsources: { opt: { fixed: 1 }, otp: { command: [x, $(mail)] } }\n';
  const begin = 'antiphon: 1\ntarget: A server\nprotocol: chart\nendpoints: { line: 127.0.0.1:6969 }\n';
  expect(problems(rest, { packFile: packFile! }, begin)).toEqual([
    '3: unknown-protocol: expected a known protocol, came chart (did you mean chat?)',
    '4: unknown-transport: expected a known transport, came line (did you mean lines?)',
    '5: unknown-profile: expected a known profile, came r6 (did you mean r5?)',
    '6: unknown-capability: expected a known capability, came voices (did you mean voice?)',
    '7: unknown-source: expected a known source, came opt (did you mean otp?)',
    '7: unknown-name: expected a known name, came mail (did you mean email?)',
  ]);
  const own = read('profile: r5\ncapabilities: { groups: false }\n', { packFile: packFile! });
  expect(own.target?.capabilities).toEqual({ voice: true, groups: false });
});

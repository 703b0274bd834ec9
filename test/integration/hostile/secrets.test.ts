import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { frame, listenRaw, listenWebSocket } from './raw-peers.ts';
import { failuresOf, type Run, testRun } from './run-antiphon.ts';
import { packText, writePack, writeTarget } from './small-pack.ts';

/** As awkward as a password may be: it is written in other ways in JSON, in a URL and in a regular expression. */
const password = 'pa"ss\\wörd /+&=$(x) 1234567890';
const token = 'tok-5eCr3T-abcdefghijklmnopqrstuvwxyz';
const login = 'alice-the-admin';
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Every way in which a secret could stand in a file. */
const forms: readonly (readonly [string, string])[] = [
  ['the token', token],
  ['the password', password],
  ['the password in JSON', JSON.stringify(password).slice(1, -1)],
  ['the password in JSON of JSON', JSON.stringify(JSON.stringify(password)).slice(3, -3)],
  ['the password in a URL', encodeURIComponent(password)],
  ['the token in base64', base64(token)],
  ['the password in base64', base64(password)],
  ['login and password in base64', base64(`${login}:${password}`)],
  ['the token in hex', Buffer.from(token).toString('hex')],
];

const scenario = (transport: string, steps: string, more = '') => `antiphon: 1
scenario: Nobody tells a secret
protocol: small
transports: [${transport}]
${more}clients: { alice: person }
steps:
${steps}`;

const credentials =
  'token: $(alice.account.token), basic: { $base64: "$(alice.account.login):$(alice.account.password)" }, plain: "I am $(alice.account.password)", packed: { $json: { token: $(alice.account.token), password: $(alice.account.password) } }, hexed: { $hex: $(alice.account.token) }';

/** Echoes what it got, in the answer and in whatever else it can say. */
const files = {
  'pack.yaml': packText.replace('actors:\n', 'actors:\n  stranger: { account: true, run: dial }\n'),
  'fragments/dial.yaml': `antiphon: 1
fragment: Somebody dials with a secret
protocol: small
clients: { me: one }
steps:
  - client: me
    connect: { query: { token: $(me.account.token), password: $(me.account.password) }, headers: { X-Token: $(me.account.token) } }
`,
  'echo.yaml': scenario(
    'websocket',
    `  - client: alice
    send: { type: ask, how: echo, ${credentials} }
    expect: { check: ask.answered, frame: { type: answer, echo: { token: $(alice.account.token) } } }
`,
  ),
  'complain.yaml': scenario(
    'websocket',
    `  - client: alice
    send: { type: ask, how: complain, ${credentials} }
    expect: { check: ask.answered, frame: { type: answer } }
`,
  ),
  'bytes.yaml': scenario(
    'websocket',
    `  - client: alice
    send: { type: ask, how: bytes, ${credentials} }
    expect: { check: ask.answered, frame: { type: answer } }
`,
  ),
  'long.yaml': scenario(
    'websocket',
    `  - client: alice
    send: { type: ask, how: long, ${credentials} }
    expect: { check: ask.answered, frame: { type: answer } }
`,
  ),
  'close.yaml': scenario(
    'websocket',
    `  - client: alice
    send: { type: ask, how: close, ${credentials} }
    expect: { check: ask.answered, frame: { type: answer } }
`,
  ),
  'raw.yaml': scenario(
    'lines',
    `  - client: alice
    raw: "{\\"type\\":\\"ask\\",\\"id\\":\\"r\\",\\"token\\":\\"$(alice.account.token)\\"}"
    expect: { check: ask.answered, frame: { type: answer } }
`,
  ),
  'http.yaml': scenario(
    'http',
    `  - client: alice
    http:
      method: POST
      path: "/login?token=$(alice.account.token)"
      headers: { Authorization: "Bearer $(alice.account.token)" }
      json: { ${credentials} }
    expect: { check: ask.answered, http: { status: 200 } }
`,
  ),
  'query.yaml': scenario(
    'websocket',
    `  - client: alice
    send: { type: ask, how: plain }
    expect: { check: ask.answered, frame: { type: answer } }
`,
  ).replace('alice: person', 'alice: stranger'),
};

let run: Run;
const heard: string[] = [];

beforeAll(async () => {
  const websocket = await listenWebSocket(peer => {
    heard.push(peer.path);
    peer.socket.write(peer.acceptance);
    peer.heard = text => {
      if (text === undefined) return peer.socket.end();
      const asked = JSON.parse(text) as { readonly type: string; readonly id: string; readonly how: string };
      heard.push(text);
      if (asked.type === 'ping') return void peer.send({ type: 'pong', id: asked.id });
      if (asked.how === 'complain') return void peer.send({ type: 'answer', id: 5, text: { said: text, asked } });
      if (asked.how === 'close')
        return void peer.socket.end(frame(0x8, Buffer.concat([Buffer.of(0x0f, 0xa0), Buffer.from(`no ${token}`)])));
      if (asked.how === 'bytes')
        peer.socket.write(frame(0x2, Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text)])));
      if (asked.how === 'long')
        peer.socket.write(frame(0x1, `"${'x'.repeat(200)}${token}${'x'.repeat(2 * 1_048_576)}"`));
      peer.send({ type: 'answer', id: asked.id, text, echo: asked });
    };
  });
  const lines = await listenRaw(socket => {
    socket.on('data', bytes => {
      heard.push(String(bytes));
      for (const { groups } of String(bytes).matchAll(/"type":"(?<type>\w+)","id":"(?<id>\w+)"/g))
        socket.write(
          `{"type":"${groups!.type === 'ping' ? 'pong' : 'answer'}","id":"${groups!.id}","text":"${token}"}\n`,
        );
    });
  });
  const http = await listenRaw(socket => {
    socket.once('data', bytes => {
      const got = String(bytes);
      heard.push(got);
      const header = `X-Echo: ${token}\r\nX-Basic: Basic ${base64(token)}\r\n`;
      socket.write(`HTTP/1.1 200 OK\r\n${header}Content-Length: ${Buffer.byteLength(got)}\r\n\r\n${got}`);
    });
  });
  const accounts = `accounts:
  mode: list
  list:
${Array(9).fill('    - { login: "$(env.LOGIN)", password: "$(env.PASSWORD)", token: "$(env.TOKEN)" }\n').join('')}`;
  const target = writeTarget(
    { websocket: `ws://127.0.0.1:${websocket}/`, lines: `tcp://127.0.0.1:${lines}`, http: `http://127.0.0.1:${http}` },
    accounts,
  );
  run = await testRun([writePack(files), '--target', target, '--timeout', '600ms', '--jobs', '1'], {
    env: { LOGIN: login, PASSWORD: password, TOKEN: token },
  });
});

test('the scenarios ran, and say what the server did wrong', () => {
  const failed = run.results.executions.filter(({ verdict }) => verdict !== 'pass');
  expect(Object.fromEntries(failed.map(each => [each.scenario, failuresOf(each)]))).toEqual({
    'small/bytes.yaml': [expect.stringContaining('expected text in UTF-8, came bytes that are none')],
    'small/close.yaml': ['ask.answered closed: the connection was closed with code 4000 (no ⟦env.TOKEN⟧)'],
    'small/complain.yaml': [
      expect.stringContaining('/text: expected text, came {"said":'),
      'ask.answered unmet: it did not come: nothing was taken for 600 ms',
    ],
    'small/http.yaml': [expect.stringMatching(/expected JSON, .* came/)],
    'small/long.yaml': ['frames.valid invalid-frame: expected at most 4096 bytes, came 2097391'],
  });
});

test('the server got the secrets themselves', () => {
  const all = heard.join('\n');
  for (const text of [token, JSON.stringify(password).slice(1, -1), base64(`${login}:${password}`)])
    expect(all).toContain(text);
  expect(all).not.toContain('⟦');
});

describe('no file, and nothing that is printed, has', () => {
  test.each(forms)('%s', (_, form) => {
    const texts = readdirSync(run.folder).map(name => [name, readFileSync(join(run.folder, name), 'utf8')] as const);
    const places = [...texts, ['stdout', run.stdout] as const, ['stderr', run.stderr] as const];
    const decoded = places.flatMap(([name, text]) =>
      [...text.matchAll(/"base64":"([^"]*)"/g)].map(
        each => [`${name}, decoded`, Buffer.from(each[1]!, 'base64').toString('latin1')] as const,
      ),
    );
    const found = [...places, ...decoded].flatMap(([name, text]) => {
      const at = text.indexOf(form);
      return at < 0 ? [] : [`${name}: ${text.slice(Math.max(0, at - 60), at + 60)}`];
    });
    expect(found).toEqual([]);
  });
});

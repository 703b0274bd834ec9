/** A protocol that nobody speaks, with everything of the language in it. Its requests are numbered c1, c2 … on every client. */
export const toyPack = `
antiphon: 1
pack: toy
transports:
  ws: { kind: websocket, path: /, codec: json }
  line: { kind: lines, codec: json }
  web: { kind: http, path: /do, codec: json }
  plain: { kind: http, codec: text }
  dgram: { kind: udp, codec: json, quiet: 200 ms }
kind: [/t]
unwrap: { when: { t: batch }, at: /of }
request: { id: /id, make: c$(n), except: [note] }
reply: { ok: /id, no: /id, pong: /id }
foreign: [ { t: alien } ]
ignore: [ { t: noise } ]
limits: { size: 40 }
receive: { maxBytes: 2000 }
timers: { call: 2 s }
sources: { otp: [email] }
capabilities: [restartable]
values: { colour: blue }
accounts: { name: u$(n)-$(unique) }
actors:
  user: { account: true, run: user }
  lonely: { ignore: [ { t: lull } ] }
barrier:
  params: { topic: main }
  proves: what was sent before was handled
  steps:
    - client: me
      send: { t: ping, topic: $(topic) }
      expect: { oneOf: [ { frame: { t: pong } }, { frame: { t: no, why: topic } } ] }
`;

/** Logs in: one request, one answer that gives a name. */
export const userFragment = `
antiphon: 1
fragment: Logs in
protocol: toy
clients: { me: one }
gives: [key]
steps:
  - client: me
    connect: {}
  - client: me
    send: { t: login, name: $(me.account.name) }
    expect: { check: login.answered, frame: { t: ok, key: { $as: key } } }
`;

/** Frame schemas, for those tests that need them: of each kind that is sent, and of each that is received. */
export const toySchemas = [
  schema('sent', 'say', { properties: { text: { type: 'string' } }, required: ['text'] }),
  schema('sent', 'ping', {}),
  schema('received', 'said', { properties: { text: { type: 'string' } }, required: ['text'] }),
  schema('received', 'ok', {}),
  schema('received', 'pong', { properties: { load: { type: 'integer' } } }),
  schema('received', 'noise', {}),
];

function schema(direction: 'sent' | 'received', kind: string, body: { readonly [key: string]: unknown }) {
  const whole = { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', ...body };
  return { path: `${direction}/${kind}.schema.json`, schema: JSON.parse(JSON.stringify(whole)) as never };
}

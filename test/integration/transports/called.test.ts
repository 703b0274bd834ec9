import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { Client, credentials } from '@grpc/grpc-js';
import { expect, onTestFinished, test } from 'vitest';
import { testRun } from '../hostile/run-antiphon.ts';
import { packText, writePack, writeTarget } from '../hostile/small-pack.ts';
import { listen, unusedPort } from './recorded-connection.ts';

const kindOf = (type: string) => `{ name: ${type}, when: { type: ${type} } }`;

const pack = packText
  .replace('transports:', 'transports:\n  hook: { kind: grpc, role: server, path: /small.Hook }')
  .replace(
    'kind: [/type]',
    `kind: [ { name: call, when: { ask: {} } }, ${['ask', 'ping', 'answer', 'pong'].map(kindOf).join(', ')} ]`,
  )
  .concat('protobuf: { file: hook.proto }\n');

const proto = `syntax = "proto3";
package small;
service Hook { rpc Ask(Question) returns (Reply) {} }
message Question { string text = 1; }
message Reply { string text = 1; }
`;

const scenario = (title: string, clients: string, steps: string) =>
  `antiphon: 1\nscenario: ${title}\nprotocol: small\ntransports: [lines]\nclients: { alice: connected${clients} }\nsteps:\n${steps}`;

const answered = `  - client: hook
    answer:
      - { call: { ask: { text: one } }, with: { text: first }, times: 1 }
      - { call: { ask: { text: { $as: text } } }, with: { text: "again $(text)" } }
  - client: alice
    send: { type: ask, text: one }
    expect: { check: ask.answered, frame: { type: answer, text: first } }
  - client: alice
    send: { type: ask, text: one }
    expect: { check: ask.answered, frame: { type: answer, text: again one } }
  - client: hook
    expect: [ { frame: { ask: { text: one } } }, { frame: { ask: { text: one } } } ]
`;

const unheard = `  - client: alice
    send: { type: ask, text: one }
    expect: { check: ask.answered, frame: { type: answer, text: "" } }
`;

const identity = (bytes: Buffer) => bytes;

/** Asks the hook about each question, and answers with what it says. */
async function serve(hookPort: number): Promise<number> {
  const hook = new Client(`127.0.0.1:${hookPort}`, credentials.createInsecure());
  onTestFinished(() => hook.close());
  const server = createServer(socket => {
    createInterface(socket).on('line', line => {
      const { type, id, text = '' } = JSON.parse(line);
      const say = (frame: object) => socket.write(`${JSON.stringify({ id, ...frame })}\n`);
      if (type === 'ping') return say({ type: 'pong' });
      const question = Buffer.from([0x0a, text.length, ...Buffer.from(text)]);
      hook.makeUnaryRequest('/small.Hook/Ask', identity, identity, question, (error, reply) =>
        say({ type: 'answer', text: error ? error.message : reply!.subarray(2).toString() }),
      );
    });
  });
  return listen(server);
}

test('calls of the target are items, and standing answers answer them', async () => {
  const hookPort = await unusedPort();
  const target = writeTarget({ lines: `127.0.0.1:${await serve(hookPort)}`, hook: `grpc://127.0.0.1:${hookPort}` });
  const folder = writePack({
    'pack.yaml': pack,
    'schemas/proto/hook.proto': proto,
    'schemas/received/call.schema.json': '{"type":"object"}',
    'answered.yaml': scenario('What is asked is answered', ', hook: { as: connected, transport: hook }', answered),
    'unheard.yaml': scenario('What nobody hears is answered with nothing', '', unheard),
    'stray.yaml': scenario(
      'A call that nobody asks for is stray',
      ', hook: { as: connected, transport: hook }',
      unheard,
    ),
  });
  const { results } = await testRun([folder, '--target', target]);
  expect(results.executions.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['small/answered', 'pass'],
    ['small/stray', 'fail'],
    ['small/unheard', 'pass'],
  ]);
});

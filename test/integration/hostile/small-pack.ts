import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from './run-antiphon.ts';

/**
 * `ask` is answered by `answer` with the same id, `ping` by `pong`; a `news` comes unasked and must not. On lines, WebSocket, HTTP
 * and UDP, at most 4,096 bytes a message.
 */
export const packText = `antiphon: 1
pack: small
transports:
  websocket: { kind: websocket, path: /, codec: json, opcode: text }
  lines: { kind: lines, codec: json }
  http: { kind: http, path: /, codec: json, quiet: 50 ms }
  udp: { kind: udp, codec: json, quiet: 50 ms }
kind: [/type]
request: { id: /id, make: c$(n) }
reply: { answer: /id, pong: /id }
receive: { maxBytes: 4096 }
ignore: [{ type: chatter }]
accounts: { login: u$(n)-$(unique), password: p$(n)-$(unique) }
actors:
  person: { account: true }
barrier:
  proves: what was sent before has been read
  steps:
    - client: me
      send: { type: ping }
      expect: { frame: { type: pong } }
`;

const ledger = `antiphon: 1
ledger: The small protocol
protocol: small
sources: [{ id: small, title: The small protocol, sections: ["1"] }]
requirements:
  - id: ask.answered
    level: must
    text: What is asked is answered.
    source: { id: small, section: "1" }
  - id: ask.quiet
    level: must
    text: Nothing else comes.
    source: { id: small, section: "1" }
`;

const schemas = {
  'sent/ask': { type: 'object', required: ['type', 'id'], properties: { id: { type: 'string' } } },
  'sent/ping': { type: 'object', required: ['type', 'id'], properties: { id: { type: 'string' } } },
  'received/answer': {
    type: 'object',
    required: ['type', 'id'],
    properties: { id: { type: 'string' }, text: { type: 'string' }, number: { type: 'integer', maximum: 1000 } },
  },
  'received/pong': { type: 'object', required: ['type', 'id'], properties: { id: { type: 'string' } } },
  'received/news': { type: 'object', required: ['type'] },
  'received/chatter': { type: 'object', required: ['type'] },
};

/** Writes the pack with these files, by their paths in it; gives its folder. Files of the pack itself may be replaced. */
export function writePack(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = join(temporaryFolder(), 'small');
  const all = {
    'pack.yaml': packText,
    'requirements.yaml': ledger,
    ...Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [`schemas/${name}.schema.json`, JSON.stringify(schema)]),
    ),
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** A scenario of one transport in which alice asks once and gets her answer. */
export function askingOn(transport: string): string {
  return `antiphon: 1
scenario: What is asked is answered
protocol: small
transports: [${transport}]
clients: { alice: connected }
steps:
  - client: alice
    send: { type: ask }
    expect: { check: ask.answered, frame: { type: answer } }
`;
}

/** Writes a target file; `more` is YAML behind the endpoints. Gives its path. */
export function writeTarget(endpoints: Readonly<Record<string, string>>, more = ''): string {
  const path = join(temporaryFolder(), 'target.yaml');
  const lines = Object.entries(endpoints).map(([name, url]) => `  ${name}: "${url}"\n`);
  const head = 'antiphon: 1\ntarget: A server that is up to something\nprotocol: small\n';
  writeFileSync(path, `${head}endpoints:\n${lines.join('')}${more}`);
  return path;
}

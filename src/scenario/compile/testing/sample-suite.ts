import type { Diagnostic } from '../../../foundation/diagnostic.ts';
import { checkPackFolder } from '../../../packs/check-pack-folder.ts';
import { createPack } from '../../../packs/create-pack.ts';
import type { FrameSchema } from '../../../packs/frame-validator.ts';
import type { LoadedPack } from '../../../packs/load-pack.ts';
import { noCode } from '../../../packs/pack-code.ts';
import type { PackedFile } from '../../../packs/pack-folder.ts';
import { readLedgerFile } from '../../../packs/read-ledger-file.ts';
import { readPackFile } from '../../../packs/read-pack-file.ts';
import { readScenarioFile } from '../../files/read-file.ts';
import type { Plan } from '../../plan.ts';
import { compilePlans } from '../compile-plans.ts';
import { openSuite } from '../open-suite.ts';

/** A pack folder in memory, for tests: a small chat protocol that has one of everything. */
export const samplePack = `antiphon: 1
pack: chat
transports:
  socket: { kind: websocket, path: /, codec: json }
  lines: { kind: lines, codec: json, omits: [ /ts, { when: { type: said }, at: /body/color } ], values: { greeting: hi } }
  voice: { kind: udp, codec: text, quiet: 200 ms }
  web: { kind: http, codec: json }
  hook: { kind: http, role: server, codec: json }
kind: [/type]
request: { id: /id, make: c$(n) }
reply: { reply: /id }
foreign: [ { type: said, from: { $not: { $oneOf: $(accounts.user) } } } ]
ignore: [ { type: notice } ]
limits: { frameBytes: 100 }
timers: { call: 3 s }
capabilities: [voice, restartable]
sources: { otp: [email] }
values: { version: "1" }
accounts: { user: u$(n), token: t$(n) }
actors:
  user: { account: true, run: user }
  guest: { account: true, ignore: [ { type: tip } ] }
  plugin: { transport: hook }
barrier:
  params: { room: lobby }
  proves: all before it
  steps:
    - client: me
      send: { type: ping, room: $(room) }
      expect: { frame: { type: reply, ok: true } }
load:
  marker: { sent: /body, received: /body }
  delivery: said
`;

const sampleLedger = `antiphon: 1
ledger: The chat protocol
protocol: chat
sources: [ { id: spec, title: The chat protocol, sections: ["1"] } ]
requirements:
  - { id: login.works, level: must, text: Whoever knows the token is let in., source: { id: spec, section: "1" } }
  - { id: message.delivered, level: must, text: A message reaches everybody in the room., source: { id: spec, section: "1" } }
  - { id: message.order, level: should, text: Messages keep their order., source: { id: spec, section: "1" } }
`;

const sampleUser = `antiphon: 1
fragment: A user, logged in
protocol: chat
clients: { me: one }
params: { device: first }
gives: [session]
steps:
  - client: me
    connect: {}
    send: { type: login, user: $(me.account.user), token: $(me.account.token), device: $(device) }
    expect: { check: login.works, frame: { type: reply, ok: true, session: { $as: session } } }
`;

/** What a `send` frame must be: a type, and only text as its body. */
const sampleSchemas: readonly FrameSchema[] = ['login', 'say', 'ping'].map(kind => ({
  path: `sent/${kind}.schema.json`,
  schema: {
    type: 'object',
    required: kind === 'say' ? ['type', 'body'] : ['type'],
    properties: { type: { const: kind }, body: { type: 'string' }, id: { type: 'string' } },
  },
}));

export type SampleFiles = Readonly<Record<string, string>>;

/** The sample pack with more files, other ones, or fewer where the text is empty: by the path below the pack folder. */
export function loadSample(files: SampleFiles): LoadedPack {
  const texts: SampleFiles = {
    'pack.yaml': samplePack,
    'requirements.yaml': sampleLedger,
    'fragments/user.yaml': sampleUser,
    ...files,
  };
  const written = Object.entries(texts).filter(([, text]) => text !== '');
  const packed = written.map(
    ([below, text]): PackedFile => ({ file: `chat/${below}`, path: `/chat/${below}`, kind: kindOf(text), text }),
  );
  const isFragment = ({ file }: PackedFile) => file.startsWith('chat/fragments/');
  const ofKind = (kind: PackedFile['kind']) => packed.filter(file => file.kind === kind && !isFragment(file));
  const fragments = packed
    .filter(isFragment)
    .map(file => [file.file.slice('chat/fragments/'.length, -'.yaml'.length), file] as const);
  const pack = packed.find(({ file }) => file === 'chat/pack.yaml')!;
  const scenarios = ofKind('scenario');
  const folder = {
    pack,
    ledgers: ofKind('ledger'),
    scenarios,
    fragments: new Map(fragments),
    workloads: ofKind('workload'),
    targets: ofKind('target'),
    policies: ofKind('policy'),
    others: ofKind(undefined),
    selected: scenarios,
    unreadable: [],
    selectedWorkloads: [],
  };
  const location = {
    name: 'chat',
    folder: '/chat',
    schemaFolder: '/chat/schemas',
    protoFolder: '/chat/schemas/proto',
    bundled: false,
    within: '',
  };
  const { packFile, diagnostics } = readPackFile(pack.text, pack.file, noCode);
  const ledgerFile = folder.ledgers[0];
  const ledger = ledgerFile && readLedgerFile(ledgerFile.text, ledgerFile.file);
  const loaded = {
    location,
    folder,
    packFile,
    ledger: ledger?.ledger,
    schemas: sampleSchemas.map(schema => ({ ...schema, text: '' })),
  };
  return {
    ...loaded,
    code: noCode,
    digest: 'sha256:0',
    digests: {},
    diagnostics: [...diagnostics, ...(ledger?.diagnostics ?? []), ...checkPackFolder(loaded)],
  };
}

function kindOf(text: string): PackedFile['kind'] {
  return /^(?:\{"antiphon":1,)?"?(scenario|fragment|workload|pack|target|ledger|policy)"?:/m.exec(
    text,
  )?.[1] as PackedFile['kind'];
}

/** The plans of one scenario, and everything that was reported on the way. */
export function compileSample(
  scenario: string,
  files: SampleFiles = {},
): { readonly plans: readonly Plan[]; readonly found: readonly Diagnostic[] } {
  const loaded = loadSample({ ...files, 's.yaml': scenario });
  const found: Diagnostic[] = [...loaded.diagnostics];
  const report = (diagnostic: Diagnostic) => void found.push(diagnostic);
  const packFile = loaded.packFile!;
  const pack = createPack(packFile, loaded.schemas, loaded.digest);
  const suite = openSuite({ ...loaded, packFile, pack }, 'token', report);
  const { file, diagnostics } = readScenarioFile(scenario, 'chat/s.yaml');
  found.push(...diagnostics);
  return { plans: file ? compilePlans(file, suite, report) : [], found };
}

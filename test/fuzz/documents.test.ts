import fc from 'fast-check';
import { describe, test } from 'vitest';
import { readDocument } from '../../src/documents/read-document.ts';
import { createPack } from '../../src/packs/create-pack.ts';
import { findPack } from '../../src/packs/find-pack.ts';
import { loadPack } from '../../src/packs/load-pack.ts';
import { readLedgerFile } from '../../src/packs/read-ledger-file.ts';
import { readPackFile } from '../../src/packs/read-pack-file.ts';
import { readTargetFile } from '../../src/packs/read-target-file.ts';
import { compilePlans } from '../../src/scenario/compile/compile-plans.ts';
import { openSuite } from '../../src/scenario/compile/open-suite.ts';
import { readScenarioFile } from '../../src/scenario/files/read-file.ts';
import { lintSuite } from '../../src/scenario/lint/lint-suite.ts';
import { runs, survive } from './fuzz-runs.ts';
import { spoiled } from './spoil.ts';

const loaded = await loadPack(findPack('gradagenda'));
const { folder, packFile, schemas, code, digest } = loaded;
const scenarios = folder.scenarios.map(({ text }) => text);
const fragments = [...folder.fragments.values()].map(({ text }) => text);
const target =
  'antiphon: 1\ntarget: A server\nprotocol: small\nendpoints: { websocket: "ws://127.0.0.1:$(vars.port)/" }\naccounts: { mode: list, list: [{ user: a, token: $(env.TOKEN) }] }\n';

const yaml = (texts: readonly string[]) =>
  fc.oneof(spoiled(texts), spoiled(texts), fc.string({ unit: 'binary' }), fc.json());

describe('no document makes a reader throw', () => {
  test.each<[string, readonly string[], (text: string) => unknown]>([
    ['YAML', [...scenarios, ...fragments, folder.pack.text], text => readDocument(text, 'x.yaml')],
    ['scenarios', scenarios, text => readScenarioFile(text, 'gradagenda/x.yaml')],
    ['packs', [folder.pack.text], text => readPackFile(text, 'gradagenda/pack.yaml')],
    ['ledgers', folder.ledgers.map(({ text }) => text), text => readLedgerFile(text, 'gradagenda/requirements.yaml')],
    ['targets', [target], text => readTargetFile(text, 'target.yaml', { env: { TOKEN: 's' }, vars: { port: '1' } })],
  ])('of %s', (_, texts, read) => {
    fc.assert(
      fc.property(yaml(texts), text => void read(text)),
      runs(150),
    );
  });
});

describe('no scenario makes the compiler or the lint throw', () => {
  const pack = createPack(packFile!, schemas, digest, { limits: {}, timers: {}, values: {} }, code);
  const source = openSuite({ pack, packFile: packFile!, folder, code }, 'token', () => {});

  test('as it is spoiled, compiled', () => {
    fc.assert(
      fc.property(spoiled(scenarios), text => {
        const { file } = readScenarioFile(text, 'gradagenda/x.yaml');
        if (file) void survive(() => compilePlans(file, source, () => {}));
      }),
      runs(150),
    );
  });

  test('linted with a fragment and a pack that are spoiled too', () => {
    const { pack: packed, ledgers } = folder;
    const scenario = folder.scenarios[0]!;
    fc.assert(
      fc.property(spoiled(scenarios), spoiled(fragments), fc.nat(), (text, fragmentText, k) => {
        const names = [...folder.fragments.keys()];
        const name = names[k % names.length]!;
        const spoilt = {
          ...folder,
          pack: packed,
          ledgers,
          scenarios: [{ ...scenario, text }],
          selected: [{ ...scenario, text }],
          fragments: new Map([...folder.fragments, [name, { ...folder.fragments.get(name)!, text: fragmentText }]]),
        };
        void survive(() => lintSuite({ ...loaded, folder: spoilt }));
      }),
      runs(60),
    );
  });
});

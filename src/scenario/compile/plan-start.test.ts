import { describe, expect, test } from 'vitest';
import { createPack } from '../../packs/create-pack.ts';
import { findPack } from '../../packs/find-pack.ts';
import { loadPack } from '../../packs/load-pack.ts';
import type { ScenarioFile } from '../files/file-types.ts';
import { readScenarioFile } from '../files/read-file.ts';
import { compilePlans } from './compile-plans.ts';
import { openSuite } from './open-suite.ts';
import type { SuiteSource } from './suite-source.ts';
import { sketchPlan } from './testing/plan-sketch.ts';
import { loadSample } from './testing/sample-suite.ts';

function suiteOf(loaded: ReturnType<typeof loadSample>): SuiteSource {
  const { packFile, schemas, digest, code } = loaded;
  const pack = createPack(packFile!, schemas, digest, undefined, code);
  return openSuite({ ...loaded, pack, packFile: packFile! }, 'token', () => {});
}

function plansOf(scenario: ScenarioFile, suite: SuiteSource) {
  return compilePlans(scenario, suite, () => {});
}

describe('the plans of cases', () => {
  const scenario = `antiphon: 1
scenario: Somebody says it again
protocol: chat
transports: [socket]
cases: [ { name: short, text: a }, { name: long, text: b c d } ]
vars: { said: $(case.text), user: $(alice.account.user) }
clients: { alice: user, bob: user }
steps:
  - client: alice
    send: { type: say, body: $(user) }
    expect: { frame: { type: reply, id: { $as: first } }, verify: { frame: { ok: true } } }
    mark: then
  - client: [alice, bob]
    expect: { frame: { type: message, id: { $as: seen } } }
  - client: alice
    send: { type: say, body: $(said) }
    expect: { frame: { type: message, after: $(first), own: $(alice.seen) } }
    since: then
  - client: bob
    send: { type: say, body: done }
`;

  test('share their steps up to the first that reads the case', () => {
    const { file } = readScenarioFile(scenario, 'chat/s.yaml');
    const [short, long] = plansOf(file!, suiteOf(loadSample({ 's.yaml': scenario })));
    expect(long!.steps.map((step, k) => step === short!.steps[k])).toEqual([true, true, true, true, false, false]);
    expect(sketchPlan(long!)[4]).toContain('"b c d"');
  });

  test('are what each case alone would be', async () => {
    const bundled = await loadPack(findPack('gradagenda'));
    const sample = loadSample({ 's.yaml': scenario });
    for (const [loaded, scenarios] of [
      [sample, sample.folder.scenarios],
      [bundled, bundled.folder.scenarios],
    ] as const) {
      const suite = suiteOf(loaded);
      for (const { text, file: name } of scenarios) {
        const { file } = readScenarioFile(text, name);
        const alone = file!.cases.flatMap(each => plansOf({ ...file!, cases: [each] }, suite));
        if (file!.cases.length > 1) expect(plansOf(file!, suite)).toEqual(alone);
      }
    }
  });
});

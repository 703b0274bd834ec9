import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nullBehaviours } from '../../../reference-server/index.ts';
import { operators } from '../../../src/prove/mutant.ts';

/** The modules of scripts/proof.mjs have no types: they are looked at from outside. */
const { figuresOf } = await import(module('figures'));
const { mergeMutation } = await import(module('merge-mutation'));
const { proofPage } = await import(module('page'));
const { proofText, readProofs } = await import(module('data'));
const { reasonedSurvivors } = await import(module('reasons'));

function module(name: string): string {
  return new URL(`../../../scripts/proof/${name}.mjs`, import.meta.url).href;
}

const counts = { mutants: 1000, killed: 900, survived: 20, diverged: 10, excluded: 70 };
const survivor = {
  scenario: 'p/talk.yaml',
  operator: 'drop',
  kind: 'said',
  member: null,
  check: 'say.heard',
  mutants: 20,
  example: 'p/talk~3.drop',
  span: { file: 'p/talk.yaml', line: 7 },
  line: '  expect: …',
};
const report = {
  proof: 'p open',
  executions: 12,
  left: [],
  counts,
  warnings: 4,
  killers: [{ killer: 'requirement', mutants: 900 }],
  exclusions: [{ rule: 'free-member', mutants: 70 }],
  mustValues: { mutants: 100, killedByCheck: 95, warnings: 3, killedOtherwise: 5, survived: 0 },
  operators: [{ operator: 'drop', ...counts }],
  requirements: [
    { requirement: 'say.heard', level: 'must', killed: 900 },
    { requirement: 'say.answered', level: 'must', killed: 0 },
    { requirement: 'say.once', level: 'should', killed: 0 },
  ],
  survivors: [survivor],
};
const measured = { on: '2027-01-14', tool: 'antiphon 0.1.0', node: 'v20.19.0', digest: `sha256:${'0'.repeat(64)}` };
const stable = { configuration: 'open', runs: 200, checks: 40, verdicts: ['pass'] };
const whole = {
  pack: 'p',
  mutation: { measured, ...mergeMutation([report]) },
  faults: {
    measured,
    configurations: ['open'],
    plain: [{ configuration: 'open', verdict: 'pass', red: [], troubles: 0 }],
    neverRed: { must: ['say.answered'], should: ['say.once'], may: [] },
    faults: [{ name: 'mute', configuration: 'open', fired: 3, breaks: ['say.heard'], red: ['say.heard'], exact: true }],
    variants: [{ name: 'slow', configuration: 'open', fired: 3, verdict: 'pass', red: [], troubles: 0 }],
  },
  null: {
    measured,
    servers: Object.keys(nullBehaviours).map(behaviour => ({
      behaviour,
      configuration: 'open',
      executions: 12,
      passed: 0,
      ended: 'in time',
      seconds: 3,
      peakMemoryMb: 90,
    })),
  },
  stability: { measured, runs: 200, checks: 40, configurations: [stable], differing: [], load: { threads: 2 } },
};

const odd = {
  configuration: 'open',
  execution: 'p/talk',
  check: 'say.heard',
  level: 'must',
  verdicts: { pass: 199, fail: 1 },
  usual: 'pass',
  oddRounds: [7],
};

describe('the figures of a proof', () => {
  const holds = (proof: object) => figuresOf(proof).map((figure: { holds?: boolean }) => figure.holds);

  test('hold where all is as asked', () => expect(holds(whole)).toEqual([true, true, true, true, true, true, true]));

  test('are missing where nothing was measured', () => {
    expect(holds({ pack: 'p' })).toEqual(Array(7).fill(undefined));
    expect(proofPage([{ pack: 'p' }])).toContain('| not measured |');
  });

  test('do not hold where one thing is not as asked', () => {
    const { mutation, faults, stability } = whole;
    const changed = [
      { mutation: { ...mutation, counts: { ...counts, killed: 879, survived: 48 } } },
      { mutation: { ...mutation, mustValues: { ...mutation.mustValues, killedByCheck: 89 } } },
      { mutation: { ...mutation, counts: { ...counts, excluded: 101 } } },
      { faults: { ...faults, faults: [{ ...faults.faults[0], exact: false }] } },
      { faults: { ...faults, variants: [{ ...faults.variants[0], troubles: 1 }] } },
      { null: { measured, servers: whole.null.servers.map(server => ({ ...server, passed: 1 })) } },
      { stability: { ...stability, differing: [odd] } },
    ];
    for (const [k, part] of changed.entries())
      expect(holds({ ...whole, ...part })).toEqual([0, 1, 2, 3, 4, 5, 6].map(index => index !== k));
  });

  test('do not hold where the suite is red by itself, or nobody looked', () => {
    const { faults, stability } = whole;
    const red = { configuration: 'open', verdict: 'fail', red: ['say.once'], troubles: 0 };
    for (const plain of [[red], [], undefined])
      expect(holds({ ...whole, faults: { ...faults, plain } })).toEqual([true, true, true, false, false, false, true]);
    expect(figuresOf({ ...whole, faults: undefined })[5]).toMatchObject({ holds: false });
    const failing = { ...stable, verdicts: ['fail', 'pass'] };
    for (const configurations of [[failing], [stable, { ...stable, runs: 0 }], [], undefined])
      expect(holds({ ...whole, stability: { ...stability, configurations } })[6]).toBe(false);
  });

  test('do not hold where too little was measured', () => {
    const { null: none, stability } = whole;
    expect(holds({ null: { measured, servers: none.servers.slice(1) } })[5]).toBe(false);
    expect(holds({ null: { measured, servers: [] } })[5]).toBe(false);
    expect(holds({ stability: { ...stability, runs: 199 } })[6]).toBe(false);
    expect(holds({ stability: { ...stability, checks: 0 } })[6]).toBe(false);
  });

  test('of several runs are sums', () => {
    const { counts: sums, runs, survivors } = mergeMutation([report, { ...report, proof: 'p other' }, report]);
    expect(sums).toEqual({ mutants: 3000, killed: 2700, survived: 60, diverged: 30, excluded: 210 });
    expect(runs).toEqual([
      { run: 'p open', times: 2 },
      { run: 'p other', times: 1 },
    ]);
    expect(survivors).toEqual([
      {
        kind: 'said',
        member: null,
        operator: 'drop',
        check: 'say.heard',
        scenarios: { talk: 60 },
        places: ['p/talk.yaml:7'],
      },
    ]);
  });
});

describe('the page', () => {
  test('is that of the data and the reasons beside it: `npm run proof -- --read` writes it', () => {
    const page = readFileSync(new URL('../../../docs/proof.md', import.meta.url), 'utf8');
    expect(page).toBe(proofPage(readProofs()));
  });

  test('is the same for the same data, as it stands in the file', () => {
    const bare = { ...whole, null: { ...whole.null, measured: undefined } };
    for (const proof of [whole, bare]) expect(proofPage([JSON.parse(proofText(proof))])).toBe(proofPage([proof]));
  });

  test('tells how much only a should or a may noticed', () => {
    expect(proofPage([whole])).toContain('| 97.8 % of 920; 97.3 % by a must |');
    expect(proofPage([whole])).toContain('| 95.0 % of 100; 92.0 % by a must |');
    expect(proofPage([whole])).toContain(
      'Of 100 changed values that a must names, 3 (3.0 %) only a should or a may noticed.',
    );
  });

  test('says what is not known of how it was measured', () => {
    const { measured: _, ...bare } = whole.null;
    expect(proofPage([{ pack: 'p', null: bare }])).toContain('| null | unknown | unknown | unknown | unknown |');
    const { digest: __, ...early } = measured;
    expect(proofPage([{ pack: 'p', null: { ...bare, measured: early } }])).toContain(
      '| null | 2027-01-14 | antiphon 0.1.0 | v20.19.0 | unknown |',
    );
  });

  test('shows every operator, also those with nothing to change', () => {
    const rows = proofPage([whole]).matchAll(/^\| `([a-z-]+)` \| [\d,]+ \| \d+ \| \d+ \| \d+ \| .*\|$/gm);
    expect([...rows].map(([, name]) => name)).toEqual(operators.toSorted());
    expect(proofPage([whole])).toContain('| `never-close` | 0 | 0 | 0 | 0 |  |');
  });

  test('lists the requirements that no fault turns red, and the musts that killed nothing', () => {
    const page = proofPage([whole]);
    expect(page).toContain('red:\n\n- must: `say.answered`\n- should: `say.once`\n');
    expect(page).toContain('nothing that could be changed is theirs: `say.answered`.');
    const { mutation, faults } = whole;
    const none = { must: [], should: [], may: [] };
    const perfect = { ...whole, mutation: { ...mutation, idleMusts: [] }, faults: { ...faults, neverRed: none } };
    expect(proofPage([perfect])).toContain('Every requirement is turned red by a fault.');
    expect(proofPage([perfect])).toContain('The checks of every must have killed some.');
  });

  test('has one must that killed something in any run', () => {
    const other = { ...report, requirements: [{ requirement: 'say.answered', level: 'must', killed: 1 }] };
    expect(mergeMutation([report]).idleMusts).toEqual(['say.answered']);
    expect(mergeMutation([report, other]).idleMusts).toEqual([]);
  });

  test('lists every survivor with its place', () => {
    expect(proofPage([whole])).toContain('| `said` | `say.heard` | `drop` | 20 | `p/talk.yaml:7` |');
  });

  test('shows what is not as asked in bold', () => {
    const page = proofPage([{ ...whole, stability: { ...whole.stability, differing: [odd] } }]);
    expect(page).toContain('| **1 of 40, 200 runs** |');
    expect(page).toContain('| `p/talk` | `say.heard` | open | pass 199, fail 1 |');
  });

  test('has a reason only for survivors that are there', () => {
    const row = {
      kind: 'said',
      member: null,
      operator: 'drop',
      check: 'say.heard',
      scenario: 'talk',
      mutants: 20,
      places: ['p/talk.yaml:7'],
    };
    const free = { kind: 'said', member: null, operator: ['drop', 'swap'], reason: 'It may be lost.' };
    expect(reasonedSurvivors(whole, [])).toEqual([{ ...row, reason: undefined }]);
    expect(reasonedSurvivors(whole, [free])).toEqual([{ ...row, reason: 'It may be lost.' }]);
    expect(reasonedSurvivors(whole, [{ ...free, check: 'say.heard' }])).toEqual([
      { ...row, reason: 'It may be lost.' },
    ]);
    expect(() => reasonedSurvivors(whole, [{ ...free, check: 'say.once' }])).toThrow('fit none any more');
    expect(() => reasonedSurvivors(whole, [free, { ...free, kind: 'heard' }])).toThrow(
      'Expected reasons for survivors in docs/proof/p.reasons.yaml, got some that fit none any more: “It may be lost.”. Take them out.',
    );
  });
});

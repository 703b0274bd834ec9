import { describe, expect, test } from 'vitest';
import type { ProofReport, SurvivorRow } from '../../prove/proof-report.ts';
import { headline, type ProofTextOptions, proofText } from './proof-text.ts';

const options: ProofTextOptions = {
  all: false,
  color: false,
  widthCells: 72,
  judgingUs: 500_000,
  reportAt: 'runs/p/prove.json',
};
const counts = { mutants: 2000, killed: 1800, survived: 100, diverged: 60, excluded: 40 };

function survivor(line: number, more: Partial<SurvivorRow> = {}): SurvivorRow {
  return {
    scenario: 'tincan/talk.yaml',
    operator: 'near-miss',
    kind: 'said',
    member: '/text',
    check: 'say.heard',
    mutants: 1,
    example: `tincan/talk~${line}.near-miss/text`,
    span: { file: 'tincan/talk.yaml', line, column: 5, endLine: line, endColumn: 9 },
    line: '    expect: { frame: { is: said } }',
    ...more,
  };
}

const report: ProofReport = {
  antiphon: 1,
  proof: 'tincan',
  tool: 'antiphon 0.1.0',
  startedAt: '2027-01-14T09:30:12.000Z',
  target: { title: 'Tincan', kind: 'file' },
  packs: [{ pack: 'tincan', digest: 'sha256:00' }],
  executions: 12,
  left: [{ execution: 'tincan/late', verdict: 'fail' }],
  possible: 2000,
  counts,
  scorePercent: 94.7,
  warnings: 3,
  killers: [
    { killer: 'requirement', mutants: 1700 },
    { killer: 'schema', mutants: 100 },
  ],
  exclusions: [{ rule: 'free-member', mutants: 40 }],
  mustValues: { mutants: 400, killedByCheck: 380, warnings: 12, killedOtherwise: 15, survived: 5, checkPercent: 95 },
  unchecked: [
    {
      kind: 'said',
      member: '/by',
      by: 'schema',
      mutants: 15,
      example: 'tincan/talk~9.other-value/by',
      span: { file: 'tincan/talk.yaml', line: 19, column: 5, endLine: 19, endColumn: 9 },
      line: '    expect: { frame: { is: said } }',
    },
  ],
  scenarios: [
    { scenario: 'tincan/enter.yaml', ...counts, survived: 0, scorePercent: 100 },
    { scenario: 'tincan/talk.yaml', ...counts, scorePercent: 94.7 },
  ],
  operators: [{ operator: 'near-miss', ...counts, scorePercent: 94.7 }],
  requirements: [
    { requirement: 'say.heard', level: 'must', killed: 1700 },
    { requirement: 'say.once', level: 'should', killed: 0 },
  ],
  survivors: [
    survivor(19, { mutants: 2 }),
    survivor(19, { operator: 'other-value' }),
    survivor(30),
    survivor(7, { kind: null, member: null, operator: 'never-close', example: 'tincan/talk~44.never-close', line: '' }),
  ],
};

describe('the text of a proof', () => {
  test('goes from the tables to the headline', () => {
    expect(proofText(report, options)).toMatchInlineSnapshot(`
      "Scenarios
                          killed  survived  diverged  excluded   score
        tincan/talk.yaml   1,800       100        60        40  94.7 %
        and 1 without a survivor

      Requirements, by what their checks killed
                          killed
        say.heard (must)   1,700
        killed nothing: say.once

      Operators
                   killed  survived  diverged  excluded   score
        near-miss   1,800       100        60        40  94.7 %

      Killed by
        a requirement's check  1,700  94.4 %
        a schema                 100   5.6 %
        changed values that a must names: 95.0 % of 400 killed by an explicit
        check, 3.0 % only by a should or a may

      Values that a must names and that no check noticed
        said /by  15
          tincan/talk.yaml:19  a schema 15
            expect: { frame: { is: said } }
            such as tincan/talk~9.other-value/by

      Survivors: what nothing checks
        said /text  4
          tincan/talk.yaml:19  near-miss 2, other-value
            expect: { frame: { is: said } }
            such as tincan/talk~19.near-miss/text
          tincan/talk.yaml:30  near-miss
            expect: { frame: { is: said } }
            such as tincan/talk~30.near-miss/text
        no kind  1
          tincan/talk.yaml:7  never-close
            such as tincan/talk~44.never-close

      Left out, for only what passes can be mutated: 1 execution
        tincan/late (fail)

      2,000 mutants of 12 executions, judged in 0.5 s, 4,000 a second
      of all, 3.0 % diverged: what we send would have been another
      of all, 2.0 % excluded: free-member 2.0 %
      3 of the killed only by a should or a may: a run would pass with a
      warning
      Report: runs/p/prove.json
      tincan: 94.7 % of 1,900 mutants killed, 100 survived, 60 diverged, 2.0 %
      excluded, 1 execution left out
      "
    `);
  });

  test('tells of a sample', () => {
    expect(proofText({ ...report, possible: 40_000, sample: { seed: 'nightly', share: 0.05 } }, options)).toContain(
      '2,000 mutants of 12 executions, a sample of 40,000 with seed nightly,',
    );
  });

  test('of many survivors shows some, and all if asked', () => {
    const survivors = Array.from({ length: 40 }, (_, k) => survivor(k + 1, { member: `/m${k % 20}` }));
    const many = { ...report, survivors };
    expect(proofText(many, options)).toContain('  and 8 more members: --all shows them\n');
    const all = proofText(many, { ...options, all: true });
    for (const { span } of survivors) expect(all).toContain(`tincan/talk.yaml:${span.line} `);
  });

  test.each([40, 72, 200])('is no wider than a terminal of %i columns', widthCells => {
    const long = survivor(3, { kind: 'k'.repeat(90), line: '😀'.repeat(200), example: 'e'.repeat(300) });
    const scenarios = [{ ...report.scenarios[1]!, scenario: `tincan/${'long/'.repeat(20)}talk.yaml` }];
    const text = proofText(
      { ...report, scenarios, survivors: [long] },
      { ...options, widthCells: Math.max(64, widthCells) },
    );
    for (const line of text.split('\n').filter(each => !each.includes('such as ')))
      expect(line.length, line).toBeLessThanOrEqual(Math.max(64, widthCells));
  });

  test('shows nothing of a target that could change a terminal', () => {
    const text = proofText(
      { ...report, survivors: [survivor(3, { kind: '\u001b[2J', example: 'a\u202eb' })] },
      options,
    );
    for (const hidden of ['\u001b', '\u202e']) expect(text).not.toContain(hidden);
  });

  test('without a mutant has no score', () => {
    const none = { mutants: 0, killed: 0, survived: 0, diverged: 0, excluded: 0 };
    expect(headline({ ...report, left: [], counts: none, scorePercent: null })).toBe(
      'tincan: - of 0 mutants killed, 0 survived, 0 diverged, - excluded',
    );
  });
});

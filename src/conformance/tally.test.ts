import { describe, expect, it } from 'vitest';
import type { CheckResult, ExecutionResult, Results } from '../evidence/results.ts';
import { createTally } from './tally.ts';

type Verdicts = Readonly<Record<string, CheckResult['verdict']>>;

/** Executions by id, with the verdicts of their checks; the worst is not worked out. */
function round(executions: Readonly<Record<string, Verdicts>>, whole: ExecutionResult['verdict'] = 'pass'): Results {
  return {
    executions: Object.entries(executions).map(([id, checks]) => ({
      id,
      verdict: whole,
      checks: Object.entries(checks).map(([check, verdict]) => ({ check, level: 'must', verdict })),
    })),
  } as unknown as Results;
}

describe('rounds that agree', () => {
  it('are counted by verdict', () => {
    const tally = createTally();
    const one = round({ a: { 'x.y': 'pass', 'x.z': 'fail' } });
    expect([tally.add(one), tally.add(one), tally.add(one)]).toEqual([false, false, false]);
    expect([tally.rounds(), tally.same(), tally.differing(), tally.oddRounds()]).toEqual([
      3,
      { pass: 1, fail: 1 },
      [],
      [],
    ]);
  });
});

describe('rounds that differ', () => {
  it('are odd where a verdict is not the usual one', () => {
    const tally = createTally();
    const said = (['pass', 'pass', 'fail', 'pass', 'inconclusive'] as const).map(verdict =>
      tally.add(round({ a: { 'x.y': verdict } })),
    );
    expect(said).toEqual([false, false, true, false, true]);
    expect(tally.oddRounds()).toEqual([3, 5]);
    expect(tally.same()).toEqual({});
    expect(tally.differing()).toEqual([
      {
        execution: 'a',
        check: 'x.y',
        level: 'must',
        verdicts: { pass: 3, fail: 1, inconclusive: 1 },
        usual: 'pass',
        oddRounds: [3, 5],
      },
    ]);
  });

  it('may show the first as the odd one', () => {
    const tally = createTally();
    for (const verdict of ['fail', 'pass', 'pass'] as const) tally.add(round({ a: { 'x.y': verdict } }));
    expect(tally.oddRounds()).toEqual([1]);
    expect(tally.differing()[0]).toMatchObject({ usual: 'pass', verdicts: { fail: 1, pass: 2 } });
  });

  it('may differ in an execution as a whole only', () => {
    const tally = createTally();
    tally.add(round({ a: { 'x.y': 'pass' } }));
    tally.add(round({ a: { 'x.y': 'pass' } }, 'inconclusive'));
    expect(tally.differing()).toEqual([
      { execution: 'a', verdicts: { pass: 1, inconclusive: 1 }, usual: 'pass', oddRounds: [2] },
    ]);
  });

  it('may lack what others have', () => {
    const tally = createTally();
    tally.add(round({ a: { 'x.y': 'pass' } }));
    tally.add(round({ a: {} }));
    tally.add(round({ a: { 'x.y': 'pass', 'x.z': 'pass' } }));
    expect(tally.differing().map(({ check, verdicts, oddRounds }) => [check, verdicts, oddRounds])).toEqual([
      ['x.y', { pass: 2, 'not-run': 1 }, [2]],
      ['x.z', { 'not-run': 2, pass: 1 }, [3]],
    ]);
  });
});

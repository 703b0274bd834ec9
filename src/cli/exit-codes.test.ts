import { describe, expect, it } from 'vitest';
import type { Results } from '../evidence/results.ts';
import { AntiphonError } from '../foundation/errors.ts';
import { type ExitCode, exitCodeOfError, exitCodeOfResults, foremost } from './exit-codes.ts';

describe('foremost', () => {
  it('keeps the order of the codes, whatever order they come in', () => {
    const order: ExitCode[] = [70, 130, 2, 3, 1, 4, 5, 0];
    for (const [k, code] of order.entries()) {
      expect(foremost(order.slice(k))).toBe(code);
      expect(foremost(order.slice(k).reverse())).toBe(code);
    }
    expect(foremost([])).toBe(0);
  });
});

describe('errors', () => {
  it('have the code of whose fault they are', () => {
    const faults = (['usage', 'scenario', 'target', 'transport', 'ours'] as const).map(fault =>
      exitCodeOfError(new AntiphonError(fault, 'a-code', 'A message.')),
    );
    expect(faults).toEqual([2, 2, 3, 3, 70]);
    expect([new TypeError('x is undefined'), 'a text', undefined].map(exitCodeOfError)).toEqual([70, 70, 70]);
  });
});

type Execution = Results['executions'][number];

function resultsOf(executions: readonly Partial<Execution>[], more: Partial<Results> = {}): Results {
  const whole = executions.map(each => ({ checks: [], failures: [], ...each }));
  return { complete: true, verdict: 'pass', executions: whole, ...more } as unknown as Results;
}

function errorBy(faultOf: Execution['failures'][number]['faultOf']): Partial<Execution> {
  return { verdict: 'error', failures: [{ verdict: 'error', faultOf }] as unknown as Execution['failures'] };
}

describe('runs', () => {
  const must = { level: 'must', verdict: 'fail' } as Execution['checks'][number];
  const rows: readonly (readonly [string, Results, Parameters<typeof exitCodeOfResults>[1], ExitCode])[] = [
    ['all passed', resultsOf([{ verdict: 'pass' }]), 'completed', 0],
    ['one failed', resultsOf([{ verdict: 'pass' }, { verdict: 'fail' }]), 'completed', 1],
    ['not testable is failed', resultsOf([{ verdict: 'not-testable' }]), 'completed', 1],
    ['a fault of the scenario', resultsOf([{ verdict: 'fail' }, errorBy('scenario')]), 'completed', 2],
    ['a defect of ours', resultsOf([errorBy('scenario'), errorBy('tool')]), 'completed', 70],
    ['inconclusive', resultsOf([{ verdict: 'inconclusive' }], { verdict: 'inconclusive' }), 'completed', 4],
    ['inconclusive beside a failure', resultsOf([{ verdict: 'inconclusive', checks: [must] }]), 'completed', 1],
    ['nothing ran', resultsOf([{ verdict: 'not-applicable' }], { verdict: 'inconclusive' }), 'completed', 4],
    ['interrupted', resultsOf([{ verdict: 'fail' }], { complete: false }), 'interrupted', 130],
    ['cut short by failures', resultsOf([{ verdict: 'fail' }], { complete: false }), 'max-failures', 1],
    ['target gone', resultsOf([{ verdict: 'fail' }], { complete: false }), 'target-unreachable', 3],
    ['no end in the log', resultsOf([{ verdict: 'pass' }], { complete: false }), undefined, 4],
  ];
  for (const [name, results, ended, code] of rows) {
    it(`${name}: ${code}`, () => {
      expect(exitCodeOfResults(results, ended)).toBe(code);
    });
  }
});

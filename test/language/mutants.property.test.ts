/** A mutant is judged from the state before the changed event, and no longer than its fate is open. That must make no difference. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeLog } from '../../src/judging/judge.ts';
import { changedEvents, judgeMutant } from '../../src/prove/fate.ts';
import type { JudgedMutant } from '../../src/prove/mutant.ts';
import { proveLog } from '../../src/prove/prove-log.ts';
import { passingIn, visitMutants } from '../../src/prove/walk.ts';
import { logOf, machineOf } from './generated.ts';
import { runOf, suitesOf } from './proof-suite.ts';
import { createRandom, type Random, runs } from './random.ts';

test('the fate of a mutant is that of the whole changed log, judged from its begin', { timeout: runs(60_000) }, () => {
  const fates = new Map<string, number>();
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.integer(), number => {
      const random = createRandom(number);
      const machine = machineOf(random);
      const suites = suitesOf(machine, [{ id: 'x.a', level: 'should' }]);
      for (const surveyed of passingIn(runOf(machine, logOf(machine, random)), suites, () => {})) {
        visitMutants(surveyed, (edit, before) => {
          if (!random.chance(0.15)) return;
          const { fate, mutant } = judgeMutant(edit, before);
          fates.set(fate.fate, (fates.get(fate.fate) ?? 0) + 1);
          seen.add(mutant.operator);
          if (fate.fate === 'diverged') return;
          const result = judgeLog(runOf(machine, changedEvents(edit, before)), suites).executions[0]!;
          const isNew = (check: string) => !surveyed.survey.failing.has(check);
          const failing = result.checks.filter(({ check, verdict }) => verdict !== 'pass' && isNew(check));
          const fails = failing.some(({ level, verdict }) => level === 'must' || verdict === 'error');
          const becomes = fails ? 'killed' : failing.length > 0 ? 'warning' : 'unnoticed';
          const expected = fate.fate !== 'killed' ? 'unnoticed' : fate.warning ? 'warning' : 'killed';
          expect([mutant.id, becomes]).toEqual([mutant.id, expected]);
          if (fate.fate === 'killed') expect(failing.map(({ check }) => check)).toContain(fate.check);
        });
      }
    }),
    { seed: 6, numRuns: runs(150) },
  );
  // The generator reaches what it is about.
  expect([...fates.keys()]).toEqual(expect.arrayContaining(['excluded', 'killed', 'survived']));
  expect([...seen]).toEqual(expect.arrayContaining(['delay', 'drop', 'misdeliver', 'near-miss', 'repeat', 'swap']));
});

test('the same log has the same mutants with the same fates', () => {
  const random: Random = createRandom(11);
  const machine = machineOf(random);
  const log = runOf(machine, logOf(machine, random));
  const prove = () => {
    const judged: JudgedMutant[] = [];
    proveLog(log, suitesOf(machine), {}, each => judged.push(each));
    return judged;
  };
  expect(prove()).toEqual(prove());
});

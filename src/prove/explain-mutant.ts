import type { ExecutionResult } from '../evidence/results.ts';
import { executionResult } from '../judging/execution-result.ts';
import type { JudgedLog } from '../judging/judge.ts';
import { createLanes } from '../judging/lanes.ts';
import { begin, beginState, createMachine, feed } from '../scenario/interpret/interpreter.ts';
import { conclude } from '../scenario/interpret/outcome.ts';
import type { State } from '../scenario/interpret/state.ts';
import type { Suite } from '../suites/suite.ts';
import { changedEvents, judgeMutant } from './fate.ts';
import type { JudgedMutant } from './mutant.ts';
import type { Edit } from './scene.ts';
import { passingIn, visitMutants } from './walk.ts';

export interface ExplainedMutant {
  readonly judged: JudgedMutant;
  /** What `antiphon judge` would say of the changed log of its execution. */
  readonly result: ExecutionResult;
}

/** Undefined: the log has no such mutant. */
export function explainMutant(
  log: JudgedLog,
  suites: ReadonlyMap<string, Suite>,
  id: string,
): ExplainedMutant | undefined {
  for (const surveyed of passingIn(log, suites, () => {})) {
    if (!id.startsWith(`${surveyed.execution.about.id}~`)) continue;
    let found: ExplainedMutant | undefined;
    visitMutants(surveyed, (edit, before) => {
      if (edit.mutant.id === id) found = { judged: judgeMutant(edit, before), result: resultOf(edit, before) };
    });
    if (found) return found;
  }
  return undefined;
}

function resultOf(edit: Edit, before: State): ExecutionResult {
  const { about, plan, ledger, machine } = edit.scene.execution;
  const explaining = createMachine(plan, { ...machine.around, explain: true });
  const state = beginState(explaining, about.t);
  const lanes = createLanes();
  begin(explaining, state);
  for (const event of changedEvents(edit, before)) {
    lanes.add(event);
    feed(explaining, state, event);
  }
  // `finally` may want to write what the log has not; it decides nothing.
  const outcome = { ...conclude(explaining, state), complete: true };
  return executionResult({ about, plan, outcome, lanes, endUs: state.nowUs, cut: undefined }, ledger);
}

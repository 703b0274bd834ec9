/** The fate of one mutant, judged from a copy of the state before the changed event. */
import type { LogEvent } from '../evidence/events.ts';
import type { Decision } from '../scenario/interpret/decision.ts';
import { forkState, type State } from '../scenario/interpret/state.ts';
import { exclusionOf } from './exclusion.ts';
import type { Execution } from './executions.ts';
import { judgeTail } from './judge-tail.ts';
import { type Court, isDecisive, killOf } from './killer.ts';
import { mustRowsOf } from './ledger-members.ts';
import type { Fate, JudgedMutant } from './mutant.ts';
import type { Edit, Scene } from './scene.ts';
import { isJudged, type Reading } from './survey.ts';

export function judgeMutant(edit: Edit, before: State): JudgedMutant {
  const { mutant, scene } = edit;
  const { kind, at } = mutant;
  const { ledger } = scene.execution;
  const mustRows = kind === undefined || at === undefined ? [] : mustRowsOf(ledger, kind, at);
  return { mutant, fate: fateOf(edit, before), mustRows };
}

function fateOf(edit: Edit, before: State): Fate {
  const { execution, survey, readings } = edit.scene;
  const { plan, ledger, machine, about } = execution;
  const court: Court = { plan, ledger, failing: survey.failing };
  const isEnough = (failure: Decision) => isDecisive(court, failure);
  const changed = edit.make();
  const { failures, diverged } = judgeTail(about.x, machine, forkState(before), changed.tail, isEnough);
  const kill = killOf(court, failures);
  // What would have come behind a divergence might still have failed a row that is required.
  if (kill && !(diverged && kill.warning)) return kill;
  if (diverged) return { fate: 'diverged' };
  const span = readings[0]?.span ?? plan.span;
  const after = readingsOf(edit.scene, forkState(before), changed.tail);
  const rule = exclusionOf(edit, changed, after);
  return rule === undefined ? { fate: 'survived', span } : { fate: 'excluded', rule, span };
}

/** What became of what stands in the place of the event: asked of the few that survive. */
function readingsOf({ execution, number }: Scene, state: State, tail: readonly LogEvent[]): readonly Reading[] {
  const { machine, plan, about } = execution;
  const readings: Reading[] = [];
  machine.trace = (_, arrival, fate) => {
    if (arrival.event === number && isJudged(state))
      readings.push({ arrival, fate, span: plan.span, deadlineUs: undefined });
  };
  judgeTail(about.x, machine, state, tail, () => false);
  machine.trace = undefined;
  return readings;
}

/** Every event that counts for a mutant, from the first of the execution to the last timer that runs out. */
export function changedEvents(edit: Edit, before: State): readonly LogEvent[] {
  const { about, machine, events }: Execution = edit.scene.execution;
  const fed: LogEvent[] = [];
  judgeTail(about.x, machine, forkState(before), edit.make().tail, () => false, fed);
  return [...events.slice(0, edit.scene.index), ...fed];
}

/** The fate of one mutant, judged from a copy of the state before the changed event. */
import type { LogEvent } from '../evidence/events.ts';
import type { Decision } from '../scenario/interpret/decision.ts';
import type { TracedFate } from '../scenario/interpret/machine.ts';
import { forkState, type State } from '../scenario/interpret/state.ts';
import { exclusionOf } from './exclusion.ts';
import { judgeTail, type Setting } from './judge-tail.ts';
import { type Court, isDecisive, killOf } from './killer.ts';
import { mustRowsOf } from './ledger-members.ts';
import type { Fate, JudgedMutant } from './mutant.ts';
import type { Edit } from './scene.ts';
import { isJudged } from './survey.ts';

export function judgeMutant(edit: Edit, before: State): JudgedMutant {
  const { mutant, scene } = edit;
  const { kind, at } = mutant;
  const { ledger } = scene.execution;
  const mustRows = kind === undefined || at === undefined ? [] : mustRowsOf(ledger, kind, at);
  return { mutant, fate: fateOf(edit, before), mustRows };
}

function fateOf(edit: Edit, before: State): Fate {
  const { execution, survey, readings, number } = edit.scene;
  const { plan, ledger, machine } = execution;
  const court: Court = { plan, ledger, failing: survey.failing };
  const isEnough = (failure: Decision) => isDecisive(court, failure);
  const changed = edit.make();
  const after: TracedFate[] = [];
  const state = forkState(before);
  machine.trace = (_, arrival, fate) => {
    if (arrival.event === number && isJudged(state)) after.push(fate);
  };
  const { failures, diverged } = judgeTail(settingOf(edit), state, changed.tail, isEnough);
  machine.trace = undefined;
  const kill = killOf(court, failures);
  // What would have come behind a divergence might still have failed a row that is required.
  if (kill && !(diverged && kill.warning)) return kill;
  if (diverged) return { fate: 'diverged' };
  const { span, check } = readings[edit.element ?? 0] ?? readings[0] ?? { span: plan.span, check: null };
  const rule = exclusionOf(edit, changed, after);
  return rule === undefined ? { fate: 'survived', span, check } : { fate: 'excluded', rule, span };
}

function settingOf({ scene: { execution, survey } }: Edit): Setting {
  return { x: execution.about.x, machine: execution.machine, graceUs: survey.longestStallUs };
}

/** Every event that counts for a mutant, from the first of the execution to the last timer that runs out. */
export function changedEvents(edit: Edit, before: State): readonly LogEvent[] {
  const { execution, index } = edit.scene;
  const fed: LogEvent[] = [];
  judgeTail(settingOf(edit), forkState(before), edit.make().tail, () => false, fed);
  return [...execution.events.slice(0, index), ...fed];
}

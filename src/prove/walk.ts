/** Walks through a log: every execution that passes, every mutant of it, with the state before the changed event. */
import type { JudgedLog } from '../judging/judge.ts';
import { begin, beginState, feed } from '../scenario/interpret/interpreter.ts';
import type { State } from '../scenario/interpret/state.ts';
import type { Suite } from '../suites/suite.ts';
import { editsOf, scenesOf } from './edits.ts';
import { type Execution, executionsOf, type Unread } from './executions.ts';
import type { Edit } from './scene.ts';
import { type Survey, surveyOf } from './survey.ts';

export interface Surveyed {
  readonly execution: Execution;
  readonly survey: Survey;
}

/** Executions that pass as they are. `leave` is told of the others. */
export function* passingIn(
  log: JudgedLog,
  suites: ReadonlyMap<string, Suite>,
  leave: (unread: Unread) => void,
): Generator<Surveyed> {
  for (const execution of executionsOf(log, suites, leave)) {
    const survey = surveyOf(execution);
    // A log of another version of the scenario says nothing about this one.
    const verdict = survey.same ? survey.verdict : 'inconclusive';
    if (verdict === 'pass') yield { execution, survey };
    else leave({ execution: execution.about.id, verdict });
  }
}

export function* mutantsIn({ execution, survey }: Surveyed): Generator<Edit> {
  for (const scene of scenesOf(execution, survey)) yield* editsOf(scene);
}

/** `visit` gets the state as it was before the event; it must not change it. */
export function visitMutants({ execution, survey }: Surveyed, visit: (edit: Edit, before: State) => void): void {
  const { machine, events, about } = execution;
  const state = beginState(machine, about.t);
  begin(machine, state);
  let fed = 0;
  for (const scene of scenesOf(execution, survey)) {
    for (; fed < scene.index; fed++) feed(machine, state, events[fed]!);
    for (const edit of editsOf(scene)) visit(edit, state);
  }
}

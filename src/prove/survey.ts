/** Judges an execution as it was, and notes who read what: what became of every event of the target, and where. */
import type { Span } from '../foundation/span.ts';
import type { Level, Verdict } from '../foundation/verdict.ts';
import { executionVerdict } from '../judging/assemble-results.ts';
import type { Ledger } from '../packs/file-types.ts';
import { begin, beginState, feed } from '../scenario/interpret/interpreter.ts';
import { scopeOf, type TracedFate } from '../scenario/interpret/machine.ts';
import { conclude } from '../scenario/interpret/outcome.ts';
import { stepAt } from '../scenario/interpret/run.ts';
import type { Arrival, State } from '../scenario/interpret/state.ts';
import { durationOf } from '../scenario/interpret/taken.ts';
import type { Item } from '../scenario/plan.ts';
import { requirementOf } from '../suites/plan-checks.ts';
import type { Execution } from './executions.ts';

/** What became of one arrival. */
export interface Reading {
  readonly arrival: Arrival;
  readonly fate: TracedFate;
  /** What took it, else the step that read it. */
  readonly span: Span;
  /** The requirement of what took it; null if nothing did. */
  readonly check: string | null;
  /** The instant by which it had to come, where an expectation names one. */
  readonly deadlineUs: number | undefined;
}

export interface Survey {
  readonly verdict: Verdict;
  /** What we wrote is what this plan writes. */
  readonly same: boolean;
  /** Checks that failed all the same: of rows that are not required. */
  readonly failing: ReadonlySet<string>;
  /** The longest time for which our own process stood still. */
  readonly longestStallUs: number;
  /** By the number of the event. */
  readonly readings: ReadonlyMap<number, readonly Reading[]>;
}

export function surveyOf({ plan, machine, events, about, ledger }: Execution): Survey {
  const state = beginState(machine, about.t);
  const readings = new Map<number, Reading[]>();
  machine.trace = (client, arrival, fate, by) => {
    if (!isJudged(state)) return;
    const item = by[0];
    const span = item?.span ?? readerOf(client);
    const check = item ? requirementOf(item.check) : null;
    const reading = { arrival, fate, span, check, deadlineUs: deadlineOf(client, item) };
    const known = readings.get(arrival.event);
    if (known) known.push(reading);
    else readings.set(arrival.event, [reading]);
  };
  begin(machine, state);
  for (const event of events) feed(machine, state, event);
  machine.trace = undefined;
  if (machine.memory) machine.memory.sealed = true;
  const { checks, complete, diverged } = conclude(machine, state);
  const leveled = checks.map(({ check, verdict }) => ({ verdict, level: levelOf(ledger, check) }));
  const failing = checks.filter(({ verdict }) => verdict !== 'pass').map(({ check }) => check);
  const lags = events.map(event => (event.event === 'stalled' ? event.lagUs : 0));
  return {
    verdict: executionVerdict(leveled, complete),
    same: !diverged,
    failing: new Set(failing),
    longestStallUs: lags.reduce((longest, lag) => Math.max(longest, lag), 0),
    readings,
  };

  /** In the end sweep the client's last step answers for what it reads. */
  function readerOf(client: number): Span {
    const step = stepAt(machine, state) ?? plan.steps[state.clients[client]!.lastStep];
    return (step?.kind === 'client' ? (step.until?.span ?? step.span) : step?.span) ?? plan.span;
  }

  function deadlineOf(client: number, item: Item | undefined): number | undefined {
    if (!item?.within) return undefined;
    const reader = state.clients[client]!;
    const originUs = reader.contexts.get(machine.stepOfNode[item.node]!)?.originUs;
    const withinUs = durationOf(item.within, scopeOf(machine, state, reader, undefined));
    return originUs === undefined || withinUs === undefined ? undefined : originUs + withinUs;
  }
}

/** Of the row that a check decides. */
export function levelOf(ledger: Ledger, check: string): Level {
  return ledger.byId.get(requirementOf(check))?.level ?? 'must';
}

/** Only what the steps and the end sweep read is judged. */
export function isJudged({ mode }: State): boolean {
  return mode === 'steps' || mode === 'sweep';
}

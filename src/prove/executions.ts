import type { ExecutionBegin, LogEvent, RunHeader } from '../evidence/events.ts';
import { planFinder } from '../judging/find-plan.ts';
import type { JudgedLog } from '../judging/judge.ts';
import type { Ledger } from '../packs/file-types.ts';
import { createMachine, type Machine } from '../scenario/interpret/interpreter.ts';
import { createMemory } from '../scenario/interpret/memory.ts';
import type { Plan } from '../scenario/plan.ts';
import { groundOf, surroundingsOf } from '../suites/ground.ts';
import type { Suite } from '../suites/suite.ts';

/** One execution of a log, whole: its events in order, without those that decide nothing. */
export interface Execution {
  readonly header: RunHeader;
  readonly about: ExecutionBegin;
  readonly suite: Suite;
  readonly ledger: Ledger;
  readonly plan: Plan;
  /** It explains nothing, and remembers. */
  readonly machine: Machine;
  readonly events: readonly LogEvent[];
  readonly endUs: number;
}

/** An execution that cannot be judged at all. */
export interface Unread {
  readonly execution: string;
  readonly verdict: string;
}

/** The executions of a log that came to their end, one after the other. `leave` is told of the others. */
export function* executionsOf(
  { header, events }: JudgedLog,
  suites: ReadonlyMap<string, Suite>,
  leave: (unread: Unread) => void,
): Generator<Execution> {
  const plans = planFinder(header, suites);
  const grounds = new Map([...suites].map(([pack, suite]) => [pack, groundOf(header, suite)]));
  const open = new Map<number, { readonly about: ExecutionBegin; readonly events: LogEvent[] }>();
  for (const event of events) {
    if (event.event === 'begin') open.set(event.x, { about: event, events: [] });
    else if (event.event === 'stalled') for (const each of open.values()) each.events.push(event);
    else if (event.event === 'finish') {
      const ended = open.get(event.x);
      open.delete(event.x);
      if (!ended) continue;
      const { about } = ended;
      const plan = plans.find(about);
      if (event.cut !== undefined || !plan) {
        leave({ execution: about.id, verdict: 'inconclusive' });
        continue;
      }
      const suite = suites.get(about.pack)!;
      const around = { ...surroundingsOf(header, about, grounds.get(about.pack)!), explain: false };
      const machine = createMachine(plan, around, createMemory());
      yield { header, suite, ledger: suite.ledger, plan, machine, ...ended, endUs: event.t };
    } else if (event.event !== 'note' && event.event !== 'skipped') {
      if (event.x !== undefined) open.get(event.x)?.events.push(event);
    }
  }
  for (const { about } of open.values()) leave({ execution: about.id, verdict: 'inconclusive' });
}

import type { BarrierPlan, Plan, PlanClient, Step } from '../../scenario/plan.ts';

/** The source that the step between join and leave asks: it is answered when the load is over. */
export const holdSource = '<hold>';

/**
 * The plan of a channel as a load runs it: everybody joins, each proves by a barrier that it has, then the steps wait until the load is
 * over, and leave. A scenario's limit of time does not hold here.
 */
export function joinPlan(plan: Plan): Plan {
  const steps: Step[] = [...plan.steps];
  const common = { phase: 'steps', span: plan.span, via: [] } as const;
  for (const [barrier, clients] of byBarrier(plan.clients)) {
    const until = { kind: 'barrier', barrier, span: barrier.span } as const;
    steps.push({ ...common, kind: 'client', index: steps.length, clients, never: [], until });
  }
  steps.push({
    ...common,
    kind: 'fetch',
    index: steps.length,
    source: holdSource,
    with: { op: 'literal', value: null, span: plan.span },
    slot: holdSource,
  });
  const added = steps.length - plan.steps.length;
  return {
    ...plan,
    steps,
    finally: plan.finally.map(step => ({ ...step, index: step.index + added })),
    timeoutUs: longestUs,
  };
}

/** As long as a timer of Node can be: 24 days. */
const longestUs = 2_000_000_000_000;

/** Clients of one actor and transport share a barrier; one that never connects has none to do. */
function byBarrier(clients: readonly PlanClient[]): ReadonlyMap<BarrierPlan, readonly string[]> {
  const found = new Map<BarrierPlan, string[]>();
  for (const { name, actor, barrier } of clients) {
    if (!barrier || actor === 'offline') continue;
    const names = found.get(barrier) ?? [];
    names.push(name);
    found.set(barrier, names);
  }
  return found;
}

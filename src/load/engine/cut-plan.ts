import type { Plan, Step } from '../../scenario/plan.ts';

/** The source that a step asks where workers wait for each other: it is answered when all have come there. */
export const othersSource = '<others>';

/**
 * The plan of a cut channel as the worker with these clients runs it: of each step the part of its own clients. Before each step but those
 * of recipes, which are about one client each, workers wait for each other and tell what they have bound; so a step begins when the one
 * before is over, as everywhere. What no client does is done by the first worker.
 */
export function cutPlan(plan: Plan, own: ReadonlySet<string>, isFirst: boolean): Plan {
  const steps: Step[] = [];
  let before: Step | undefined;
  for (const step of plan.steps) {
    if (waitsForOthers(step, before)) steps.push(waitFor(plan));
    steps.push(...ownPart(step, own, isFirst));
    before = step;
  }
  steps.push(waitFor(plan));
  const leave = plan.finally.flatMap(step => ownPart(step, own, isFirst));
  return {
    ...plan,
    clients: plan.clients.map(client => (own.has(client.name) ? client : { ...client, actor: 'offline' })),
    steps: steps.map((step, index) => ({ ...step, index })),
    finally: leave.map((step, k) => ({ ...step, index: steps.length + k })),
  };
}

function waitsForOthers(step: Step, before: Step | undefined): boolean {
  return step.phase !== 'recipe' || step.kind !== 'client' || (before !== undefined && before.kind !== 'client');
}

function ownPart(step: Step, own: ReadonlySet<string>, isFirst: boolean): readonly Step[] {
  if (step.kind !== 'client') return isFirst ? [step] : [];
  const clients = step.clients.filter(client => own.has(client));
  return clients.length > 0 ? [{ ...step, clients }] : [];
}

function waitFor({ span }: Plan): Step {
  const nothing = { op: 'literal', value: null, span } as const;
  return {
    kind: 'fetch',
    source: othersSource,
    with: nothing,
    slot: othersSource,
    phase: 'steps',
    index: 0,
    span,
    via: [],
  };
}

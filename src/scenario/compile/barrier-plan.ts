import type { Span } from '../../foundation/span.ts';
import type { PackLanguage } from '../../packs/file-types.ts';
import type { ClientStepNode, UntilNode } from '../files/file-types.ts';
import { steps as stepsShape } from '../files/step-shapes.ts';
import type { BarrierPlan, Until } from '../plan.ts';
import { openScope } from './name-scope.ts';
import type { Place } from './place.ts';
import type { PlanContext } from './plan-context.ts';
import { readExpectation } from './read-expectation.ts';
import { builtAt, durationAt } from './read-values.ts';
import { reportUnknown } from './suggest.ts';

type BarrierNode = Extract<UntilNode, { kind: 'barrier' }>;

/** How long a step reads on after its expect is met (language, sections 5 and 9). */
export function readUntil(node: UntilNode, place: Place): Until | undefined {
  if (node.kind === 'duration')
    return { kind: 'duration', duration: durationAt(place, node.duration), span: node.span };
  const { context, site } = place;
  const transports = [...new Set(site.clients.map(client => transportOf(context, client)))];
  const without = transports.find(transport => !hasBarrier(context, transport));
  if (without === undefined) {
    const barrier = readBarrier(node, place, node.span);
    return barrier && { kind: 'barrier', barrier, span: node.span };
  }
  const quietUs = context.source.pack.transports.get(without)?.quietUs;
  // A transport without round trip has a time that stands for the barrier; the absence is weak.
  if (quietUs !== undefined)
    return { kind: 'duration', duration: { op: 'literal', value: `${quietUs} us`, span: node.span }, span: node.span };
  context.report({
    code: 'no-barrier',
    severity: 'error',
    message: context.source.language.barrier ? `there is no barrier on ${without}` : 'the pack has no barrier',
    span: node.span,
    suggestion: 'give a duration',
  });
  return undefined;
}

/**
 * The barrier of a client's end sweep: with the defaults of its parameters, if the transport has one. Clients of one actor on one
 * transport share it; whoever does it is `self`.
 */
export function sweepBarrier(place: Place, actor: string): BarrierPlan | undefined {
  const { context, site } = place;
  const transport = transportOf(context, site.clients[0] ?? '');
  const key = `${actor} ${transport}`;
  const known = context.sweeps.get(key);
  const { barrier } = context.source.language;
  if (known || !barrier || !hasBarrier(context, transport)) return known;
  const read = readBarrier(undefined, { ...place, site: { ...site, several: true } }, barrier.span);
  if (read) context.sweeps.set(key, read);
  return read;
}

function transportOf(context: PlanContext, client: string): string {
  return context.clients.get(client)?.transport ?? context.transport;
}

function hasBarrier(context: PlanContext, name: string): boolean {
  const transport = context.source.pack.transports.get(name);
  if (!transport || !context.source.language.barrier) return false;
  return transport.kind !== 'http' && transport.role === 'client' && transport.quietUs === undefined;
}

/** Of a step that says `until: barrier`; of the end sweep if there is none. */
function readBarrier(until: BarrierNode | undefined, place: Place, span: Span): BarrierPlan | undefined {
  const { context } = place;
  const { barrier, file } = context.source.language;
  const step = barrier && barrierStep(barrier.steps);
  if (!barrier || !step?.send || !step.expect) return undefined;
  const params = until?.params ?? [];
  context.files.add(file);
  const scope = openScope({ number: ++context.counts.scopes, kind: 'pack' });
  for (const { key, keySpan, value } of barrier.params?.entries ?? []) {
    const given = params.find(param => param.name.value === key);
    if (given) scope.macros.set(key, { name: key, node: given.node, scope: place.scope, span: given.name.span });
    else scope.macros.set(key, { name: key, node: value, scope, span: keySpan });
    if (given || value.type !== 'scalar' || value.value !== '$required') continue;
    scope.macros.set(key, { name: key, node: { ...value, value: null }, scope, span: keySpan });
    if (until) reportMissing(context, key, span);
    else reportNoDefault(context, key, keySpan);
  }
  const known = barrier.params?.entries.map(entry => entry.key) ?? [];
  for (const { name } of params) {
    if (known.includes(name.value)) continue;
    reportUnknown(context.report, {
      code: 'unknown-parameter',
      what: 'parameter of the barrier',
      name: name.value,
      span: name.span,
      known,
    });
  }
  const inside: Place = {
    context,
    scope,
    site: { ...place.site, expect: 0, visible: new Set(), bind: 'a barrier binds nothing' },
  };
  const send = builtAt(inside, step.send);
  const answer = readExpectation(step.expect, { ...inside, check: 'steps.done', ofSingleRequest: true });
  return answer && { send, answer, proves: barrier.proves, span };
}

function reportMissing(context: PlanContext, name: string, span: Span): void {
  context.report({
    code: 'missing-parameter',
    severity: 'error',
    message: `the barrier needs the parameter ${name}`,
    span,
    suggestion: `write until: { barrier: { ${name}: … } }`,
  });
}

function reportNoDefault(context: PlanContext, name: string, span: Span): void {
  context.report({
    code: 'missing-parameter',
    severity: 'error',
    message: `the end sweep does the barrier without parameters, and ${name} has no default`,
    span,
    suggestion: 'give it one that is good for every client',
  });
}

const read = new WeakMap<NonNullable<PackLanguage['barrier']>['steps'], ClientStepNode | undefined>();

/** The pack's barrier is one step that sends and expects; what is wrong with it, the lint of pack.yaml tells. */
function barrierStep(steps: NonNullable<PackLanguage['barrier']>['steps']): ClientStepNode | undefined {
  if (!read.has(steps)) {
    const nodes = stepsShape.read(steps, () => {}) ?? [];
    read.set(
      steps,
      nodes.find(node => node.kind === 'client'),
    );
  }
  return read.get(steps);
}

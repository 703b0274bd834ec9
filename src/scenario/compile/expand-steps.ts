import type { Span } from '../../foundation/span.ts';
import type { Built } from '../../values/built.ts';
import type { FetchNode, ForEachNode, FragmentFile, IncludeNode, StepNode } from '../files/file-types.ts';
import type { ClientStep, FetchStep, RestartStep, Step } from '../plan.ts';
import { environmentAt, scopeOf } from './environment.ts';
import { type NameScope, openScope } from './name-scope.ts';
import { reportTaken } from './name-taken.ts';
import { type Expansion, giveNames, givenTo, openFragment } from './open-fragment.ts';
import type { Place } from './place.ts';
import { type PlanContext, spend } from './plan-context.ts';
import { readClientStep } from './read-client-step.ts';
import { builtAt } from './read-values.ts';
import { reportUnsettled, settleElements, settleText } from './settle.ts';
import { noSite } from './site.ts';
import { reportUnknown } from './suggest.ts';

/** Where steps are unrolled to, and how they came there. */
export interface Unrolling {
  readonly scope: NameScope;
  readonly context: PlanContext;
  readonly phase: Step['phase'];
  readonly via: readonly string[];
  /** Fragments that are being expanded, to find circles. */
  readonly open: readonly FragmentFile[];
  readonly out: Step[];
}

/** Steps made flat: fragments and turns of forEach stand where they are included. */
export function expandSteps(nodes: readonly StepNode[], unrolling: Unrolling): void {
  for (const node of nodes) {
    if (unrolling.context.counts.full) return;
    expandStep(node, unrolling);
  }
}

function expandStep(node: StepNode, unrolling: Unrolling): void {
  const { scope, context } = unrolling;
  switch (node.kind) {
    case 'client': {
      const step = readClientStep(node, scope, context);
      if (step) addStep(unrolling, step);
      return;
    }
    case 'restart':
      context.counts.restarts += 1;
      addStep(unrolling, { kind: 'restart', span: node.span });
      return;
    case 'fetch':
      return expandFetch(node, unrolling);
    case 'include':
      return expandInclude(node, unrolling);
    case 'forEach':
      return expandTurns(node, unrolling);
  }
}

type Unplaced<S> = Omit<S, 'index' | 'phase' | 'via'>;

export function addStep(
  { context, phase, via, out }: Unrolling,
  step: Unplaced<ClientStep> | Unplaced<FetchStep> | Unplaced<RestartStep>,
): void {
  if (!spend(context, 'steps', step.span)) return;
  const place = { index: context.counts.steps - 1, phase, via };
  // The step is made for here, and large: it is not copied.
  out.push(Object.assign(step, place) as Step);
}

function expandInclude(node: IncludeNode, unrolling: Unrolling): void {
  const { scope, context } = unrolling;
  const place: Place = { scope, context, site: noSite };
  const name = settleText(node.fragment, place);
  const fragment = name === undefined ? undefined : findFragment(name, node.fragment.span, context);
  if (!fragment) return;
  const as = node.as?.value;
  if (node.as) reportTaken(context, scope, node.as.value, node.as.span);
  const expansion: Expansion = { fragment, with: node.with, span: node.span, place, givenAs: givenTo(scope, as) };
  const inside = expandFragment(expansion, unrolling, `include: ${name} (${placeOf(node.span)})`);
  if (inside) giveNames(inside, expansion, as === undefined ? {} : { as });
}

export function findFragment(name: string, span: Span, context: PlanContext): FragmentFile | undefined {
  const { fragments } = context.source;
  const fragment = fragments.get(name);
  if (fragment) context.trace.use(fragment.span);
  else if (context.source.unreadable?.has(name)) context.trace.incomplete();
  else
    reportUnknown(context.report, { code: 'unknown-fragment', what: 'fragment', name, span, known: fragments.keys() });
  return fragment;
}

/** The scope of the fragment after its last step; undefined if it includes itself. */
export function expandFragment(expansion: Expansion, around: Unrolling, via: string): NameScope | undefined {
  const { fragment, span } = expansion;
  const { context } = around;
  if (around.open.includes(fragment)) {
    context.report({
      code: 'include-cycle',
      severity: 'error',
      message: `the fragment includes itself: ${[...around.open, fragment].map(each => each.file).join(' → ')}`,
      span,
      suggestion: 'break the circle',
    });
    return undefined;
  }
  if (!spend(context, 'expansions', span)) return undefined;
  const scope = openFragment(expansion);
  expandSteps(fragment.steps, { ...around, scope, via: [...around.via, via], open: [...around.open, fragment] });
  return scope;
}

export function placeOf(span: Span): string {
  return `${span.file}:${span.line}`;
}

/** A fact that only the target knows (language, section 5). */
function expandFetch(node: FetchNode, unrolling: Unrolling): void {
  const { scope, context } = unrolling;
  const place: Place = { scope, context, site: noSite };
  const source = settleText(node.source, place) ?? node.source.value;
  const { sources } = context.source.language;
  const facts = sources.get(source);
  if (!facts)
    reportUnknown(context.report, {
      code: 'unknown-source',
      what: 'source',
      name: source,
      span: node.source.span,
      known: sources.keys(),
    });
  for (const { name } of facts ? node.with : []) {
    if (facts?.includes(name.value)) continue;
    reportUnknown(context.report, {
      code: 'unknown-parameter',
      what: `parameter of ${source}`,
      name: name.value,
      span: name.span,
      known: facts ?? [],
    });
  }
  context.fetched.add(source);
  const members = node.with.map(({ name, node: value }) => ({ name: name.value, built: builtAt(place, value) }));
  const given: Built = { op: 'object', members, span: node.span };
  const { slot } = environmentAt({ ...place, site: { ...noSite, bind: () => {} } }).bind(node.as.value, node.as.span);
  addStep(unrolling, { kind: 'fetch', source, with: given, slot, span: node.span });
}

/** A forEach, unrolled: each turn is a scope of its own. */
function expandTurns(node: ForEachNode, unrolling: Unrolling): void {
  const { scope, context, via } = unrolling;
  const place: Place = { scope, context, site: noSite };
  const elements = settleElements(node.list, environmentAt(place));
  if (!elements) {
    reportUnsettled(place, `the list of ${node.name.value}`, node.list.span);
    return;
  }
  const name = node.name.value;
  reportTaken(context, scope, name, node.name.span);
  context.trace.define('variable', name, node.name.span);
  context.trace.define('step', 'forEach', node.span);
  if (elements.length > 0) context.trace.use(node.span);
  for (const [k, element] of elements.entries()) {
    if (!spend(context, 'expansions', node.span)) return;
    const turn = openScope({ number: ++context.counts.scopes, kind: 'turn', around: scope });
    turn.macros.set(name, { name, node: element.node, scope: scopeOf(element.environment), span: node.name.span });
    expandSteps(node.steps, {
      ...unrolling,
      scope: turn,
      via: [...via, `forEach: ${name}, turn ${k + 1} (${placeOf(node.span)})`],
    });
  }
}

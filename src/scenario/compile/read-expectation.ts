import type { At, ExpectationNode, GroupNode, ItemNode } from '../files/file-types.ts';
import type { Expectation, Group, Item, Verify } from '../plan.ts';
import type { Capture } from './name-scope.ts';
import type { Place } from './place.ts';
import { patternsOf, readDemand } from './read-demand.ts';
import { countAt, durationAt, literalNumber } from './read-values.ts';
import { settleText } from './settle.ts';
import { reportUnknown } from './suggest.ts';
import { inEvery, joined, sureSlots } from './sure-slots.ts';

/** What an expectation is read in: a place, and what the step says about all its items. */
export interface ExpectPlace extends Place {
  /** The nearest `check` so far: step, then groups. */
  readonly check: string;
  /** The step sends just one request: replies without id ask for its id (language, section 6). */
  readonly ofSingleRequest: boolean;
}

/** An expectation, and the slots that are bound whenever it is met. */
interface Read {
  readonly expectation: Expectation | undefined;
  readonly sure: ReadonlySet<string>;
}

const nothing: Read = { expectation: undefined, sure: new Set() };

/** Reads what a step expects, and settles which of its names are surely bound afterwards. */
export function readExpectation(node: ExpectationNode, place: ExpectPlace): Expectation | undefined {
  const bound = new Map<string, readonly Capture[]>();
  const expect = ++place.context.counts.expectations;
  const bind = (slot: string, captures: readonly Capture[]) => void bound.set(slot, captures);
  const read = readNode(node, { ...place, site: { ...place.site, expect, visible: new Set(), bind } });
  for (const [slot, captures] of bound) {
    for (const capture of captures) capture.certainty = read.sure.has(slot) ? 'bound' : 'maybe';
  }
  return read.expectation;
}

function readNode(node: ExpectationNode, around: ExpectPlace): Read {
  const place = node.check ? { ...around, check: checkAt(node.check, around) } : around;
  switch (node.kind) {
    case 'item':
      return readItem(node, place);
    case 'inOrder':
    case 'anyOrder':
    case 'oneOf':
      return readChildren(node, place);
    case 'optional': {
      const number = nextNode(place);
      const { expectation: body } = readNode(node.body, branch(place));
      return body
        ? { expectation: { kind: 'optional', node: number, body, span: node.span }, sure: new Set() }
        : nothing;
    }
    case 'repeat':
      return readRepeat(node, place);
    case 'byTransport':
      return readBranch(node, place);
  }
}

/** The id of a check, settled and told to the lint. */
export function checkAt(at: At<string>, place: Place): string {
  const id = settleText(at, place);
  if (id !== undefined) place.context.trace.check(id, at.span);
  return id ?? at.value;
}

function nextNode(place: Place): number {
  return place.context.counts.nodes++;
}

/** A part whose names are not seen by its neighbours. */
function branch(place: ExpectPlace): ExpectPlace {
  return { ...place, site: { ...place.site, visible: new Set(place.site.visible) } };
}

function readItem(node: ItemNode, place: ExpectPlace): Read {
  const number = nextNode(place);
  const unbound: Place = { ...place, site: { ...place.site, bind: 'a time binds nothing' } };
  const within = node.within && durationAt(unbound, node.within);
  const notBefore = node.notBefore && durationAt(unbound, node.notBefore);
  const inside = branch(place);
  const demand = readDemand(node.demand, inside, place.ofSingleRequest);
  const sure = joined(patternsOf(demand).map(sureSlots));
  for (const slot of sure) place.site.visible.add(slot);
  const judged: ExpectPlace = {
    ...inside,
    site: { ...inside.site, bind: 'what verify asks may fail while the scenario goes on' },
  };
  const verify = node.verify.map(
    (each): Verify => ({
      check: each.check ? checkAt(each.check, place) : place.check,
      lenient: each.lenient,
      demand: readDemand(each.demand, judged, false),
      span: each.span,
    }),
  );
  const item: Item = {
    kind: 'item',
    node: number,
    check: place.check,
    lenient: node.lenient,
    within,
    notBefore,
    demand,
    verify,
    span: node.span,
  };
  return { expectation: item, sure };
}

function readChildren(node: Extract<GroupNode, { children: unknown }>, place: ExpectPlace): Read {
  const number = nextNode(place);
  const seen = new Set(place.site.visible);
  const reads = node.children.map(child => {
    if (node.kind === 'inOrder') return readNode(child, place);
    return readNode(child, { ...place, site: { ...place.site, visible: new Set(seen) } });
  });
  const sure = node.kind === 'oneOf' ? inEvery(reads.map(read => read.sure)) : joined(reads.map(read => read.sure));
  for (const slot of sure) place.site.visible.add(slot);
  const children = reads.map(read => read.expectation).filter(child => child !== undefined);
  return { expectation: { kind: node.kind, node: number, children, span: node.span }, sure };
}

/** Names bound in a repeat are values of its turn inside, and lists behind it. */
function readRepeat(node: Extract<GroupNode, { kind: 'repeat' }>, place: ExpectPlace): Read {
  const number = nextNode(place);
  const min = node.times ?? node.min;
  const max = node.times ?? node.max;
  const unbound: Place = { ...place, site: { ...place.site, bind: 'a count binds nothing' } };
  const minBuilt = min && countAt(unbound, min, 0);
  const maxBuilt = max && countAt(unbound, max, 0);
  const inner = branch(place);
  const { bind, repeat } = place.site;
  const body = readNode(node.body, {
    ...inner,
    // The number 0 means no repeat: nodes are told apart from it by one.
    site: {
      ...inner.site,
      repeat: number + 1,
      turns: true,
      bind: repeat === 0 ? bind : 'a repeat within a repeat binds nothing',
    },
  });
  if (!body.expectation) return nothing;
  for (const slot of body.sure) place.site.visible.add(slot);
  const group: Group = {
    kind: 'repeat',
    node: number,
    body: body.expectation,
    min: literalNumber(minBuilt) ?? minBuilt ?? 0,
    max: literalNumber(maxBuilt) ?? maxBuilt ?? null,
    span: node.span,
  };
  return { expectation: group, sure: body.sure };
}

/** Settled when the file is read: by the transport of the step's clients. */
function readBranch(node: Extract<GroupNode, { kind: 'byTransport' }>, place: ExpectPlace): Read {
  const { context, site } = place;
  const transports = context.source.pack.transports;
  for (const { transport } of node.branches) {
    context.trace.define('branch', transport.value, transport.span);
    if (transports.has(transport.value)) continue;
    context.trace.use(transport.span);
    reportUnknown(context.report, {
      code: 'unknown-transport',
      what: 'transport',
      name: transport.value,
      span: transport.span,
      known: transports.keys(),
    });
  }
  const own = new Set(site.clients.map(client => context.clients.get(client)?.transport ?? context.transport));
  const [transport = context.transport] = own;
  if (own.size > 1) {
    context.report({
      code: 'mixed-transports',
      severity: 'error',
      message: `the clients of this step are on several transports: ${[...own].join(', ')}`,
      span: node.span,
      suggestion: 'write one step for each transport',
    });
    return nothing;
  }
  const chosen = node.branches.find(each => each.transport.value === transport);
  if (chosen) context.trace.use(chosen.transport.span);
  if (chosen) return readNode(chosen.body, place);
  context.report({
    code: 'no-branch',
    severity: 'error',
    message: `byTransport says nothing about ${transport}, on which this step runs`,
    span: node.span,
    suggestion: `add a branch for ${transport}, or name the scenario's transports`,
  });
  return nothing;
}

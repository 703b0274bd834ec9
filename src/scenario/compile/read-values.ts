import type { Located } from '../../documents/located.ts';
import { parseDurationUs } from '../../foundation/duration.ts';
import type { Built } from '../../values/built.ts';
import type { Pattern } from '../../values/pattern.ts';
import { readBuilt } from '../../values/read-built.ts';
import { readMemberPattern, readPattern } from '../../values/read-pattern.ts';
import { environmentAt } from './environment.ts';
import { wholeLiteral } from './literal-frame.ts';
import { openScope } from './name-scope.ts';
import { type OmittedMember, withoutOmitted } from './omit-members.ts';
import type { Place } from './place.ts';
import type { PlanContext } from './plan-context.ts';
import { settle } from './settle.ts';
import { noSite } from './site.ts';

export function builtAt(place: Place, node: Located): Built {
  return readBuilt(node, environmentAt(place));
}

export function optionalBuilt(place: Place, node: Located | undefined): Built | undefined {
  return node && builtAt(place, node);
}

export function patternAt(place: Place, node: Located): Pattern {
  return readPattern(node, environmentAt(place));
}

/** The pattern of a header, a close code, a subprotocol: `$absent` where there is none. */
export function memberPatternAt(place: Place, node: Located): Pattern {
  return readMemberPattern(node, environmentAt(place));
}

/** A pattern of a frame, without what the transports of the step cannot carry. */
export function framePatternAt(place: Place, node: Located): Pattern {
  return withoutOmitted(patternAt(place, node), omittedOn(place));
}

/** The elements of a list of patterns; one may stand without the list, and a reference may give the list (language, section 2). */
export function patternsAt(place: Place, node: Located): readonly Pattern[] {
  const settled = settle(node, environmentAt(place));
  const elements = settled?.node.type === 'list' ? settled.node.elements : [node];
  const environment = settled?.node.type === 'list' ? settled.environment : environmentAt(place);
  const omitted = omittedOn(place);
  return elements.map(element => withoutOmitted(readPattern(element, environment), omitted));
}

function omittedOn({ context, site }: Place): readonly OmittedMember[] {
  const { clients } = site;
  if (clients.length === 0) return omittedBy(context, context.transport);
  const transports = new Set(clients.map(client => context.clients.get(client)?.transport ?? context.transport));
  return [...transports].flatMap(transport => omittedBy(context, transport));
}

function omittedBy(context: PlanContext, transport: string): readonly OmittedMember[] {
  const known = context.omitted.get(transport);
  if (known) return known;
  const omissions = context.source.language.transports?.get(transport)?.omits ?? [];
  if (omissions.length === 0) return [];
  const place: Place = { scope: openScope({ number: ++context.counts.scopes, kind: 'pack' }), site: noSite, context };
  const omitted = omissions.map(({ when, at }) => ({ at, ...(when && { when: patternAt(place, when) }) }));
  context.omitted.set(transport, omitted);
  return omitted;
}

/** A length of time; a literal one is checked now. */
export function durationAt(place: Place, node: Located): Built {
  const built = builtAt(place, node);
  const literal = wholeLiteral(built);
  if (literal !== undefined && (typeof literal !== 'string' || parseDurationUs(literal) === undefined)) {
    place.context.report({
      code: 'wrong-type',
      severity: 'error',
      message: `expected a duration, came ${JSON.stringify(literal, bigintsAsText)}`,
      span: node.span,
      suggestion: 'a number with its unit: 20 ms, 4 s, 2 min',
    });
  }
  return built;
}

/** How often; a literal count is checked now. */
export function countAt(place: Place, node: Located, least: number): Built {
  const built = builtAt(place, node);
  const literal = wholeLiteral(built);
  if (literal !== undefined && !(Number.isSafeInteger(literal) && (literal as number) >= least)) {
    place.context.report({
      code: 'wrong-type',
      severity: 'error',
      message: `expected an integer of at least ${least}, came ${JSON.stringify(literal, bigintsAsText)}`,
      span: node.span,
    });
  }
  return built;
}

export function literalNumber(built: Built | undefined): number | undefined {
  const literal = built && wholeLiteral(built);
  return typeof literal === 'number' ? literal : undefined;
}

function bigintsAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

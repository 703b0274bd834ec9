import type { Span } from '../../foundation/span.ts';
import type { Environment, NameBinding } from '../../values/expression.ts';
import { lookUp } from './look-up.ts';
import {
  type Capture,
  giveToClient,
  type Macro,
  type NameScope,
  scopesAround,
  slotFor,
  slotPrefix,
} from './name-scope.ts';
import { reportTaken } from './name-taken.ts';
import type { Place } from './place.ts';
import { spend } from './plan-context.ts';
import { slotWithin } from './use-capture.ts';

/** An environment that knows the place it was made for. */
interface PlacedEnvironment extends Environment {
  readonly place: Place;
}

/** The lexical side of values at one place of a plan. */
export function environmentAt(place: Place): Environment {
  const environment: PlacedEnvironment = {
    place,
    resolve: (path, span) => resolveName(place, path, span),
    bind: (name, span) => bindName(place, name, span),
    report: problem => place.context.report({ severity: 'error', ...problem }),
    payload: place.site.payload,
    operators: place.context.source.operators,
  };
  return environment;
}

/** The scope that an environment was made for. */
export function scopeOf(environment: Environment): NameScope {
  return (environment as PlacedEnvironment).place.scope;
}

function resolveName(place: Place, path: readonly string[], span: Span): ReturnType<Environment['resolve']> {
  const found = lookUp(place, path, span);
  if (!found) return undefined;
  if ('source' in found) return { binding: { kind: 'source', source: found.source }, rest: found.rest };
  const binding = expandMacro(place, found.macro, span);
  return binding && { binding, rest: found.rest };
}

/** A variable, parameter or case value is read where it is used; the names in it are those of its own scope. */
function expandMacro(place: Place, macro: Macro, span: Span): NameBinding | undefined {
  const { site, context } = place;
  context.trace.use(macro.span);
  if (site.open.some(open => open.node === macro.node)) {
    context.report({
      code: 'macro-cycle',
      severity: 'error',
      message: `${macro.name} is made from itself: ${[...site.open, macro].map(open => open.name).join(' → ')}`,
      span: macro.span,
      suggestion: 'break the circle',
    });
    return undefined;
  }
  if (!spend(context, 'expansions', span)) return undefined;
  const environment = environmentAt({ scope: macro.scope, site: { ...site, open: [...site.open, macro] }, context });
  return { kind: 'node', node: macro.node, environment };
}

/** `$as` (language, section 7). Within one expectation several items may bind one name; elsewhere twice is an error. */
function bindName(place: Place, name: string, span: Span): { slot: string; turn: boolean } {
  const { site, context } = place;
  const known = knownCaptures(place, name);
  const captures = known ?? newCaptures(place, name, span);
  const capture = captures[0]!;
  const slot = slotWithin(site, capture);
  const same = site.expect !== 0 && capture.expect === site.expect && capture.repeat === site.repeat;
  if (typeof site.bind === 'string') {
    context.report({
      code: 'capture-not-here',
      severity: 'error',
      message: `${name} cannot be bound here: ${site.bind}`,
      span,
      suggestion: 'bind it in a frame of expect',
    });
  } else if (known && !same) {
    reportBoundTwice(place, capture, span);
  } else {
    if (known) context.trace.use(capture.span);
    site.bind(slot, captures);
    if (site.expect !== 0) site.visible.add(slot);
  }
  return { slot, turn: capture.repeat !== 0 };
}

function knownCaptures(place: Place, name: string): readonly Capture[] | undefined {
  const { site } = place;
  for (const each of scopesAround(place.scope)) {
    const known = site.several
      ? site.clients.map(client => each.ofClient.get(client)?.get(name))
      : [each.captures.get(name)];
    const captures = known.filter(capture => capture !== undefined);
    if (captures.length > 0) return captures;
  }
  return undefined;
}

function newCaptures(place: Place, name: string, span: Span): readonly Capture[] {
  const { site, scope, context } = place;
  const about = { name, span, expect: site.expect, repeat: site.repeat };
  const slots = site.several
    ? site.clients.map(client => `${client}.${slotPrefix(scope)}${name}`)
    : [slotFor(scope, name)];
  const captures = slots.map((slot): Capture => ({ ...about, slot, certainty: 'bound' }));
  if (typeof site.bind === 'string') return captures;
  context.trace.define('name', name, span);
  reportTaken(context, scope, name, span);
  if (!site.several) scope.captures.set(name, captures[0]!);
  else for (const [k, client] of site.clients.entries()) giveToClient(scope, client, captures[k]!);
  return captures;
}

function reportBoundTwice(place: Place, capture: Capture, span: Span): void {
  const inRepeat = capture.expect === place.site.expect && capture.repeat !== place.site.repeat;
  place.context.report({
    code: 'bound-twice',
    severity: 'error',
    message: inRepeat
      ? `${capture.name} is bound inside of a repeat and outside of it (line ${capture.span.line})`
      : `${capture.name} has been bound already, in line ${capture.span.line}`,
    span,
    suggestion: `bind another name, or compare with $(${capture.name})`,
  });
}

import type { Span } from '../../foundation/span.ts';
import { lookUpClient, lookUpSelf } from './look-up-client.ts';
import { lookUpRoot, rootNames } from './look-up-root.ts';
import { bodyOf, type Capture, type NameScope, scopesAround } from './name-scope.ts';
import type { Found, Place } from './place.ts';
import type { Site } from './site.ts';
import { reportUnknown } from './suggest.ts';
import { isBoundHere, useCapture } from './use-capture.ts';

/** What a path means at a place (language, section 3, "References"); what nobody knows is reported. */
export function lookUp(place: Place, path: readonly string[], span: Span): Found | undefined {
  const head = path[0] ?? '';
  for (const scope of scopesAround(place.scope)) {
    const macro = scope.macros.get(head);
    if (macro) return { macro, rest: path.slice(1) };
    const capture = scope.captures.get(head);
    if (capture) return captured(place, capture, path.slice(1), span);
    const group = scope.groups.get(head);
    if (group) return lookUpGroup(place, head, group, path, span);
    const client = scope.clients.get(head);
    if (client) return lookUpClient(place, client, path, span);
  }
  // The barrier is the pack's, and its `me` is whoever does it.
  if (head === 'self' || (head === 'me' && place.scope.kind === 'pack')) return lookUpSelf(place, path, span);
  const own = captureOfStep(place.site, place.scope, head);
  if (own) return captured(place, own, path.slice(1), span);
  const root = lookUpRoot(place, path, span);
  if (root !== 'unknown') return root;
  reportUnknownName(place, head, span);
  return undefined;
}

function captured(place: Place, capture: Capture, rest: readonly string[], span: Span): Found | undefined {
  const source = useCapture(place, capture, span);
  return source && { source, rest };
}

/** In the expectation of several clients a name that went to the client is seen without it. */
function captureOfStep(site: Site, scope: NameScope, name: string): Capture | undefined {
  if (!site.several) return undefined;
  for (const each of scopesAround(scope)) {
    const capture = each.ofClient.get(site.clients[0] ?? '')?.get(name);
    if (capture && isBoundHere(site, capture)) return capture;
  }
  return undefined;
}

/** `$(second.roomid)`: what an include gave under `as`. */
function lookUpGroup(
  place: Place,
  head: string,
  group: ReadonlyMap<string, Capture>,
  path: readonly string[],
  span: Span,
): Found | undefined {
  const [, name = '', ...rest] = path;
  const capture = group.get(name);
  if (capture) return captured(place, capture, rest, span);
  reportUnknown(place.context.report, {
    code: 'unknown-name',
    what: `name in ${head}`,
    name,
    span,
    known: group.keys(),
  });
  return undefined;
}

function reportUnknownName(place: Place, name: string, span: Span): void {
  const { scope, context } = place;
  const around = [...scopesAround(scope)];
  const written = around.map(each => each.written().get(name)).find(found => found !== undefined);
  if (written) {
    context.trace.use(written);
    context.report({
      code: 'unbound-name',
      severity: 'error',
      message: `${name} is not bound here; line ${written.line} binds it, behind this place or in another scope`,
      span,
      suggestion: `use it behind the step that binds it; a turn of forEach keeps its names, and those of several clients are $(client.${name})`,
    });
    return;
  }
  const known = around.flatMap(each =>
    [each.macros, each.captures, each.groups, each.clients, each.written()].flatMap(names => [...names.keys()]),
  );
  const otherwise =
    bodyOf(scope).kind === 'fragment' ? 'a fragment sees its clients, its params and what it binds' : undefined;
  reportUnknown(context.report, {
    code: 'unknown-name',
    what: 'name',
    name,
    span,
    known: [...known, ...rootNames],
    ...(otherwise ? { otherwise } : {}),
  });
}

import type { Span } from '../../foundation/span.ts';
import type { Source } from '../../values/expression.ts';
import { type Capture, type ClientName, captureOfClient, missingClient, type NameScope } from './name-scope.ts';
import type { Found, Place } from './place.ts';
import { reportUnknown } from './suggest.ts';
import { isBoundHere, slotWithin, useCapture } from './use-capture.ts';

/** `$(alice.account.user)`, `$(alice.token)`; of a `many` the list over its clients (language, sections 3 and 7). */
export function lookUpClient(place: Place, client: ClientName, path: readonly string[], span: Span): Found | undefined {
  place.context.trace.use(client.span);
  const [head = '', name, ...rest] = path;
  if (name === undefined) return reportBareClient(place, head, span);
  const sources = client.clients.map(each => sourceOfClient(place, each, name, span));
  if (!sources.every(source => source !== undefined)) return undefined;
  if (client.many) return { source: { from: 'each', of: sources }, rest };
  return sources[0] && { source: sources[0], rest };
}

function sourceOfClient(place: Place, client: string, name: string, span: Span): Source | undefined {
  if (name === 'account') return hasAccount(place, client, span) ? { from: 'account', client } : undefined;
  const capture = captureOfClient(place.scope, client, name);
  return capture ? useCapture(place, capture, span) : reportNoName(place, client, name, span);
}

/** `$(self.x)`: settled now for one client; in a step of several it stays open until the client is known. */
export function lookUpSelf(place: Place, path: readonly string[], span: Span): Found | undefined {
  const { site, context } = place;
  const [, name, ...rest] = path;
  const [first] = site.clients;
  if (first === undefined) {
    context.report({
      code: 'no-client',
      severity: 'error',
      message: 'self is the client of a step; there is none here',
      span,
      suggestion: 'name the client',
    });
    return undefined;
  }
  if (!site.several) return lookUpClient(place, { clients: [first], many: false, span }, path, span);
  if (name === undefined) return reportBareClient(place, 'self', span);
  if (name !== 'account') return lookUpOwnName(place, name, rest, span);
  if (!site.clients.every(each => hasAccount(place, each, span))) return undefined;
  return { source: { from: 'self' }, rest: ['account', ...rest] };
}

function lookUpOwnName(place: Place, name: string, rest: readonly string[], span: Span): Found | undefined {
  const { site, scope, context } = place;
  const captures: Capture[] = [];
  for (const client of site.clients) {
    const capture = captureOfClient(scope, client, name) ?? reportNoName(place, client, name, span);
    if (!capture || !useCapture(place, capture, span)) return undefined;
    captures.push(capture);
  }
  const locals = new Set(captures.map(capture => slotWithin(site, capture)));
  const [local = ''] = locals;
  if (locals.size === 1 && captures.every(capture => isBoundHere(site, capture)))
    return { source: { from: 'slot', slot: local, turn: false }, rest };
  if (locals.size === 1) return { source: { from: 'self' }, rest: [local.slice('self.'.length), ...rest] };
  context.report({
    code: 'mixed-names',
    severity: 'error',
    message: `self.${name} was bound in different scopes for the clients of this step`,
    span,
    suggestion: 'write one step for each client',
  });
  return undefined;
}

function hasAccount(place: Place, client: string, span: Span): boolean {
  if (place.context.clients.get(client)?.account !== false) return true;
  place.context.report({
    code: 'no-account',
    severity: 'error',
    message: `the client ${client} has no account of its own`,
    span,
    suggestion: 'name a client whose actor has account: true',
  });
  return false;
}

function reportNoName(place: Place, client: string, name: string, span: Span): undefined {
  if (client === missingClient) return;
  const known = ['account', ...namesOfClient(place.scope, client)];
  reportUnknown(place.context.report, {
    code: 'unknown-name',
    what: `name of the client ${client}`,
    name,
    span,
    known,
  });
}

function namesOfClient(scope: NameScope, client: string): string[] {
  const names: string[] = [];
  for (let each: NameScope | undefined = scope; each; each = each.around ?? each.includer)
    names.push(...(each.ofClient.get(client)?.keys() ?? []));
  return names;
}

function reportBareClient(place: Place, name: string, span: Span): undefined {
  place.context.report({
    code: 'bare-client',
    severity: 'error',
    message: `${name} is a client, which is no value`,
    span,
    suggestion: `write what of it: $(${name}.account.…), or a name that its recipe gives`,
  });
}

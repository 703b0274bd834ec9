import type { At, ClientStepNode, ForbiddenNode } from '../files/file-types.ts';
import type { Act, ClientStep, Forbidden } from '../plan.ts';
import { readUntil } from './barrier-plan.ts';
import { bodyOf, type ClientName, missingClient, type NameScope, scopesAround, slotFor } from './name-scope.ts';
import type { Place } from './place.ts';
import type { PlanContext } from './plan-context.ts';
import { readAct, readConnect } from './read-act.ts';
import { readDemand } from './read-demand.ts';
import { checkAt, readExpectation } from './read-expectation.ts';
import { literalNumber, patternsAt } from './read-values.ts';
import { settleText } from './settle.ts';
import { noSite, type Site } from './site.ts';
import { reportUnknown } from './suggest.ts';

type Body = Omit<ClientStep, 'index' | 'phase' | 'via'>;

/** A client step (language, section 5); undefined if it has no clients, as when a `many` is empty. */
export function readClientStep(node: ClientStepNode, scope: NameScope, context: PlanContext): Body | undefined {
  const named = namedClients(node.clients, { scope, site: noSite, context });
  context.trace.define('step', 'client', node.span);
  if (named.clients.length === 0) return undefined;
  context.trace.use(node.span);
  const site: Site = { ...noSite, clients: named.clients, several: named.several };
  const place: Place = { scope, site, context };
  const acting: Place = { ...place, site: { ...site, bind: () => {} } };
  const check = node.check ? checkAt(node.check, place) : 'steps.done';
  const connect = node.connect && readConnect(node.connect, place);
  const since = node.since && markAt(node.since, place);
  const act = readAct(node, acting);
  // What is forbidden is so from the first frame on, when nothing of this step is bound yet.
  const never = node.never.map(each => readForbidden(each, node, place));
  const ignore = node.ignore && patternsAt(place, node.ignore);
  const expect =
    node.expect && readExpectation(node.expect, { ...place, check, ofSingleRequest: isSingleRequest(act) });
  const until = node.until && readUntil(node.until, place);
  const mark = node.mark && setMark(node.mark, place);
  return {
    kind: 'client',
    clients: named.clients,
    connect,
    act,
    expect,
    never,
    ignore,
    until,
    mark,
    since,
    span: node.span,
  };
}

function readForbidden(node: ForbiddenNode, step: ClientStepNode, place: Place): Forbidden {
  const check = node.check ?? step.check;
  return {
    check: check ? checkAt(check, place) : 'steps.done',
    demand: readDemand(node.demand, place, false),
    span: node.span,
  };
}

function isSingleRequest(act: Act | undefined): boolean {
  if (act?.kind !== 'send' || act.raw || act.frames.length !== 1) return false;
  return act.times === undefined || literalNumber(act.times) === 1;
}

/** Clients of the plan that a list of names means. A step is of several clients as it is written, not as it happens to turn out. */
function namedClients(
  names: readonly At<string>[],
  place: Place,
): { readonly clients: readonly string[]; readonly several: boolean } {
  const found = names.map(name => clientAt(name, place));
  const clients = found.flatMap(each => each.clients);
  const twice = clients.find((client, k) => clients.indexOf(client) < k);
  if (twice !== undefined) {
    const { span } = names.at(-1)!;
    place.context.report({
      code: 'client-twice',
      severity: 'error',
      message: `the client ${twice} is in this step twice`,
      span,
      suggestion: 'name it once',
    });
  }
  return { clients: [...new Set(clients)], several: names.length > 1 || found.some(each => each.many) };
}

/** A client by the name that a scope has for it; an unknown one is reported, and stood in for. */
export function clientAt(name: At<string>, place: Place): ClientName {
  const unknown: ClientName = { clients: [missingClient], many: false, span: name.span };
  const text = settleText(name, place);
  if (text === undefined) return unknown;
  const scopes = [...scopesAround(place.scope)];
  const client = scopes.map(scope => scope.clients.get(text)).find(each => each !== undefined);
  if (client) {
    place.context.trace.use(client.span);
    return client;
  }
  const known = bodyOf(place.scope).clients.keys();
  reportUnknown(place.context.report, { code: 'unknown-client', what: 'client', name: text, span: name.span, known });
  return unknown;
}

function setMark(mark: At<string>, { scope, context }: Place): string {
  context.trace.define('mark', mark.value, mark.span);
  scope.marks.set(mark.value, mark.span);
  return slotFor(scope, mark.value);
}

/** The instant of an earlier write (language, section 8). */
function markAt(since: At<string>, { scope, context }: Place): string | undefined {
  const scopes = [...scopesAround(scope)];
  const marked = scopes.find(each => each.marks.has(since.value));
  if (marked) {
    context.trace.use(marked.marks.get(since.value)!);
    return slotFor(marked, since.value);
  }
  const known = scopes.flatMap(each => [...each.marks.keys()]);
  reportUnknown(context.report, {
    code: 'unknown-mark',
    what: 'mark before this step',
    name: since.value,
    span: since.span,
    known,
  });
  return undefined;
}

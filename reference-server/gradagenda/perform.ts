/** Does one action, or those of a batch one by one: section 3.4 of the GradAgenda specification. */
import type { JsonSource } from '../core/json-source.ts';
import type { Outbox } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import { type Action, type ActionOf, type Malformed, readAction } from './actions.ts';
import { authenticate } from './authentication.ts';
import { type Actor, type Call, type Context, failed, type Outcome } from './context.ts';
import { provideDirectSession } from './direct-sessions.ts';
import { readWithFaults } from './lenient-reading.ts';
import { listSessions } from './listing.ts';
import { sendMessage } from './messages.ts';
import { createSession, deleteSession, modifySession } from './mutable-sessions.ts';

interface Waiting {
  readonly source: JsonSource;
  /** How many batches it is in. */
  readonly depth: number;
}

/** What waits is a stack, not recursion: a batch may hold batches. */
export function perform(context: Context, connection: ConnectionId, outbox: Outbox, source: JsonSource): void {
  const { behaviour } = context;
  const waiting: Waiting[] = [{ source, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const action = readWithFaults(behaviour, next.source);
    if (action.type === 'batch-mode-action' && mayNest(context, next.depth)) {
      // A batch has no answer of its own; its actions have theirs.
      const ordered = changesLastByFault(context, action.actions);
      for (const inner of ordered.toReversed()) waiting.push({ source: inner, depth: next.depth + 1 });
      continue;
    }

    const mark = outbox.items.length;
    const outcome = performOne(context, connection, outbox, action, next.depth > 0);
    if (outcome === 'closed') return;
    if (next.depth > 0) keepToOneselfByFault(context, connection, outbox, mark);
    respond(context, connection, outbox, mark, action.cdid, outcome);
    if (outcome.status === 'failed' && waiting.length > 0 && behaviour.fires('batch-stops-at-failure')) return;
  }
}

function changesLastByFault({ behaviour }: Context, actions: readonly JsonSource[]): readonly JsonSource[] {
  if (!behaviour.isOn('batch-changes-last')) return actions;
  const isChange = (source: JsonSource) => changes.has(readAction(source).type);
  const sorted = [...actions.filter(source => !isChange(source)), ...actions.filter(isChange)];
  const differs = sorted.some((source, k) => source !== actions[k]);
  return differs && behaviour.fires('batch-changes-last') ? sorted : actions;
}

function keepToOneselfByFault({ behaviour }: Context, connection: ConnectionId, outbox: Outbox, mark: number): void {
  for (const [k, item] of outbox.items.entries()) {
    if (k < mark || item.kind === 'close' || item.to.every(to => to === connection)) continue;
    if (behaviour.fires('batch-tells-only-who-sent-it')) outbox.items[k] = { ...item, to: [connection] };
  }
}

function mayNest({ behaviour }: Context, depth: number): boolean {
  if (depth > 0 && behaviour.fires('nested-batch-refused')) return false;
  return depth < greatestDepth;
}

function performOne(
  context: Context,
  connection: ConnectionId,
  outbox: Outbox,
  action: Action | Malformed,
  inBatch: boolean,
): Outcome | 'closed' {
  const { behaviour, registry } = context;
  if (action.cdid === undefined && behaviour.varies('closes-without-cdid')) {
    outbox.close(connection, 1007, 'an action needs a cdid');
    return 'closed';
  }
  if (action.type === 'malformed') return failed(action.why);
  const quibble = quibbleAtCdid(context, connection, action.cdid);
  if (quibble) return quibble;

  const known = registry.occupantOf(connection);
  // Section 2.1: one successful authentication, and nothing before it.
  if (action.type === 'authenticate') {
    if (known && !behaviour.fires('second-auth-accepted')) return failed('already authenticated');
    if (inBatch && behaviour.varies('no-authentication-in-batch')) return failed('authentication is not for a batch');
    return authenticate(context, connection, outbox, action);
  }
  const actor = known ?? (behaviour.fires('action-before-auth-served') ? anybody : undefined);
  if (actor) return serve(context, { connection, actor, outbox }, action);
  if (!behaviour.varies('closes-before-authentication')) return failed('authenticate first');
  outbox.close(connection, 1008, 'authenticate first');
  return 'closed';
}

function serve(context: Context, call: Call, action: Exclude<Action, ActionOf<'authenticate'>>): Outcome {
  switch (action.type) {
    case 'request-direct-session-info':
      return provideDirectSession(context, call, action);
    case 'request-mutable-session-creation':
      return createSession(context, call, action);
    case 'request-mutable-session-modification':
      return modifySession(context, call, action);
    case 'request-mutable-session-deletion':
      return deleteSession(context, call, action);
    case 'request-mutable-session-listing':
      return listSessions(context, call);
    case 'request-sending-a-message':
      return sendMessage(context, call, action);
    case 'batch-mode-action':
      return failed('a batch too deep in batches');
  }
}

/** A broadcast or a session info is answer enough; section 3.3.1 does not forbid a status response besides. */
function respond(
  { behaviour, frames, registry }: Context,
  connection: ConnectionId,
  outbox: Outbox,
  mark: number,
  cdid: JsonSource | undefined,
  outcome: Outcome,
): void {
  if (outcome.status === 'failed') {
    const who = registry.occupantOf(connection);
    const others = who ? registry.connectionsOf([who.user]).filter(each => each !== connection) : [];
    const told = others.length > 0 && behaviour.fires('failure-told-to-every-device') ? others : [];
    outbox.send([connection, ...told], frames.statusResponse('failed', cdid, outcome.why));
  }
  if (outcome.status === 'succeeded') outbox.send([connection], frames.statusResponse('succeeded', cdid));
  if (outcome.status !== 'answered') return;
  const extra = () => ({ kind: 'send', to: [connection], text: frames.statusResponse('succeeded', cdid) }) as const;
  if (behaviour.varies('extra-succeeded-first')) outbox.items.splice(mark, 0, extra());
  if (behaviour.varies('extra-succeeded')) outbox.items.push(extra());
}

/** Section 3.1: the server uses a cdid for nothing but to attach it to the answer. Faults do. */
function quibbleAtCdid(
  { behaviour, faultMemory }: Context,
  connection: ConnectionId,
  cdid: JsonSource,
): Outcome | undefined {
  if (cdid === '""' && behaviour.fires('empty-cdid-refused')) return failed('cdid is empty');
  if (!behaviour.isOn('cdid-must-be-fresh')) return undefined;
  const used = `${connection} ${cdid}`;
  if (faultMemory.usedCdids.has(used) && behaviour.fires('cdid-must-be-fresh')) return failed('cdid was used before');
  faultMemory.usedCdids.add(used);
  return undefined;
}

const changes: ReadonlySet<string> = new Set([
  'request-mutable-session-modification',
  'request-mutable-session-deletion',
]);

const anybody: Actor = { user: 'anybody', device: '', id: { key: 'anybody', source: '"anybody"' }, anywhere: true };

/** A frame of 4 KB cannot hold as many batches in each other. With a larger limit, reading them would take too long. */
const greatestDepth = 100;

/** FORMAT.md, Audio Call: ringing, answering, and the relay between the two who talk. An account takes part in one call at a time. */
import type { OpenPair } from '../core/datagrams.ts';
import type { Later } from '../core/later.ts';
import { createOutbox, type Outbound, type Outbox } from '../core/outbound.ts';
import type { ConnectionId, Registry } from '../core/registry.ts';
import type { Accounts } from './accounts.ts';
import type { Actor, Call, SocketChatBehaviour } from './context.ts';
import { createRelay } from './relay.ts';
import type { Replies } from './replies.ts';

export interface Calls {
  call(asked: Call, email: string): void;
  accept(asked: Call, email: string): void;
  reject(asked: Call, email: string): void;
  /** This connection logs out, or is gone. */
  leave(connection: ConnectionId, outbox: Outbox): void;
}

export interface CallsOptions {
  readonly behaviour: SocketChatBehaviour;
  readonly accounts: Accounts;
  readonly registry: Registry<Actor>;
  readonly replies: Replies;
  readonly later: Later;
  readonly openPair: OpenPair;
  /** Where clients reach the ports of a pair. */
  readonly ip: string;
  readonly callMs: number;
  readonly silenceMs: number;
}

/** One call, from the first ring until nobody is in it any more. */
interface Ongoing {
  readonly caller: Party & { readonly connection: ConnectionId };
  /** All connections of the callee ring; the one that accepts is theirs from then on. */
  readonly callee: Party;
  stopTimer: () => void;
  closeRelay: () => void;
}

interface Party {
  readonly email: string;
  connection: ConnectionId | undefined;
}

export function createCalls(options: CallsOptions): Calls {
  const board: Board = { ...options, ongoing: new Map() };
  return {
    call: (asked, email) => ring(board, asked, email),
    accept: (asked, email) => accept(board, asked, email),
    reject: (asked, email) => reject(board, asked, email),
    leave: (connection, outbox) => leave(board, connection, outbox),
  };
}

interface Board extends CallsOptions {
  /** By each of the two parties. */
  readonly ongoing: Map<string, Ongoing>;
}

function ring(board: Board, asked: Call, email: string): void {
  const { behaviour, registry, replies, ongoing } = board;
  const { account, connection, outbox } = asked;
  const why = whyNoCall(board, asked, email);
  if (why !== undefined) {
    outbox.send([connection], replies.error('failed', 'voice', why));
    return;
  }
  const ringing = registry.connectionsOf([email]);
  if (ringing.length === 0) {
    if (!behaviour.fires('offline-callee-unanswered')) outbox.send([connection], replies.voice('offline', email));
    return;
  }
  if (ongoing.has(email) && !behaviour.fires('busy-callee-rung')) {
    const answer = behaviour.varies('busy-is-offline')
      ? replies.voice('offline', email)
      : replies.error('failed', 'voice', `${email} is in a call`);
    outbox.send([connection], answer);
    return;
  }
  begin(board, { email: account.email, connection }, email);
  outbox.send(ringing, replies.voice('request', behaviour.fires('request-names-callee') ? email : account.email));
}

function whyNoCall({ accounts, behaviour, ongoing }: Board, { account }: Call, email: string): string | undefined {
  if (ongoing.has(account.email)) return 'you are in a call';
  if (email === account.email) return 'this is you';
  const unknown = accounts.byEmail(email) === undefined;
  return unknown && behaviour.varies('unknown-callee-refused') ? `nobody is registered as ${email}` : undefined;
}

function begin(board: Board, caller: Ongoing['caller'], email: string): void {
  const { behaviour, callMs, later, ongoing } = board;
  const patienceMs = behaviour.fires('rings-half-as-long') ? callMs / 2 : callMs;
  const begun: Ongoing = {
    caller,
    callee: { email, connection: undefined },
    stopTimer: later(patienceMs, () => timeOut(board, begun)),
    closeRelay: () => {},
  };
  ongoing.set(caller.email, begun);
  ongoing.set(email, begun);
}

/** Both are told, each with the name of the other. */
function timeOut(board: Board, timed: Ongoing): readonly Outbound[] {
  const { behaviour, registry, replies } = board;
  const { caller, callee } = timed;
  const outbox = createOutbox();
  // Only by a fault is the timer of an accepted call still on.
  if (callee.connection === undefined) end(board, timed);
  const namedToCaller = behaviour.fires('time-names-caller') ? caller.email : callee.email;
  outbox.send([caller.connection], replies.voice('time', namedToCaller));
  if (behaviour.fires('time-only-to-caller')) return outbox.items;
  const namedToCallee = behaviour.fires('time-names-callee') ? callee.email : caller.email;
  outbox.send(registry.connectionsOf([callee.email]), replies.voice('time', namedToCallee));
  return outbox.items;
}

function accept(board: Board, asked: Call, email: string): void {
  const { behaviour, ip, later, openPair, replies, silenceMs } = board;
  const found = findRinging(board, asked, email);
  if (!found) return;
  if (!behaviour.fires('rings-on-after-accept')) found.stopTimer();
  found.callee.connection = asked.connection;
  const relay = createRelay({ behaviour, later, silenceMs, silent: () => end(board, found) });
  const close = openPair(relay.route, ports => {
    const outbox = createOutbox();
    outbox.send([found.caller.connection], replies.accepted(ip, ports.one));
    if (!behaviour.fires('accept-only-to-caller')) outbox.send([asked.connection], replies.accepted(ip, ports.other));
    return outbox.items;
  });
  found.closeRelay = () => {
    relay.stop();
    close();
  };
}

function reject(board: Board, asked: Call, email: string): void {
  const { behaviour, replies } = board;
  const found = findRinging(board, asked, email);
  if (!found) return;
  const { account, connection, outbox } = asked;
  if (behaviour.fires('rings-on-after-reject')) found.stopTimer = () => {};
  end(board, found);
  const named = behaviour.fires('reject-names-caller') ? email : account.email;
  outbox.send([found.caller.connection], replies.voice('reject', named));
  if (behaviour.fires('reject-echoed')) outbox.send([connection], replies.voice('reject', email));
}

/** The call that rings for this account, if it comes from there. */
function findRinging(board: Board, { account, connection, outbox }: Call, email: string): Ongoing | undefined {
  const { behaviour, ongoing, replies } = board;
  const found = ongoing.get(account.email);
  if (found?.callee.email === account.email && found.callee.connection === undefined) {
    if (found.caller.email === email || behaviour.fires('answer-names-nobody')) return found;
  }
  if (!behaviour.fires('answer-without-call-ignored'))
    outbox.send([connection], replies.error('failed', 'voice', `there is no call from ${email}`));
  return undefined;
}

/** Whoever rings or talks on this connection does so no more. */
function leave(board: Board, connection: ConnectionId, outbox: Outbox): void {
  const { ongoing, registry, replies } = board;
  const email = registry.occupantOf(connection)?.user;
  const found = email === undefined ? undefined : ongoing.get(email);
  if (!found || email === undefined) return;
  const { caller, callee } = found;
  const rings = callee.connection === undefined;
  if (rings && email === callee.email) {
    // Their other connections ring on.
    if (registry.connectionsOf([email]).length > 1) return;
    end(board, found);
    outbox.send([caller.connection], replies.voice('offline', email));
    return;
  }
  if (connection !== caller.connection && connection !== callee.connection) return;
  if (rings && board.behaviour.fires('rings-on-without-caller')) return;
  if (!rings && isRelayKept(board, found, connection)) found.closeRelay = () => {};
  end(board, found);
}

function isRelayKept({ behaviour }: Board, { callee }: Ongoing, connection: ConnectionId): boolean {
  return behaviour.fires(connection === callee.connection ? 'relay-kept-without-callee' : 'relay-kept-without-caller');
}

function end({ ongoing }: Board, ended: Ongoing): readonly Outbound[] {
  ended.stopTimer();
  ended.closeRelay();
  for (const { email } of [ended.caller, ended.callee]) if (ongoing.get(email) === ended) ongoing.delete(email);
  return [];
}

/**
 * A Messenger plugin without sockets: requests in, what to send out. Everything happens in the order in which requests come in, so
 * what one request makes others hear is on its way before the next is read.
 */
import type { Account } from '../core/credentials.ts';
import type { HttpAnswer, HttpRequest, Opening } from '../core/exchange.ts';
import { createOutbox, type Outbound } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import type { Caller, Context, ThunderBehaviour } from './context.ts';
import { commonPath, pluginPath } from './designators.ts';
import { createFaultMemory } from './fault-memory.ts';
import { createFrames } from './frames.ts';
import { type GenerationName, generations } from './generations.ts';
import { depart } from './membership-calls.ts';
import { createObservers } from './observers.ts';
import { perform } from './perform.ts';
import { createRoomidMaker, createRooms } from './rooms.ts';
import { originOf } from './security.ts';

export interface ThunderMessengerOptions {
  /** Access tokens, each with the URL that it was issued to as its user. */
  readonly tokens: readonly Account[];
  readonly generation: GenerationName;
  readonly behaviour: ThunderBehaviour;
  /** Tells this run of the server from all others. */
  readonly epoch: string;
}

export interface ThunderMessengerDomain {
  connect(connection: ConnectionId, opening: Opening): readonly Outbound[];
  receive(connection: ConnectionId, frame: { readonly payload: Uint8Array }): readonly Outbound[];
  /** A request over HTTP; the connection is the one that it came over. */
  answer(connection: ConnectionId, request: HttpRequest): HttpAnswer;
  disconnect(connection: ConnectionId): readonly Outbound[];
}

export function createThunderMessenger(options: ThunderMessengerOptions): ThunderMessengerDomain {
  const context = createContext(options);
  const originOfToken = originReader(options.tokens);
  const callers = new Map<ConnectionId, Caller>();

  return {
    connect(connection, { path, headers }) {
      callers.set(connection, { connection, path, origin: originOfToken(headers), hears: true });
      return [];
    },
    receive(connection, { payload }) {
      const outbox = createOutbox();
      const caller = callers.get(connection);
      if (!caller) return outbox.items;
      const { answer } = perform(context, caller, outbox, Buffer.from(payload).toString());
      const own = createOutbox();
      if (answer !== undefined) own.send([connection], answer);
      const answersFirst = outbox.items.length > 0 && answer !== undefined && context.behaviour.varies('answers-first');
      return answersFirst ? [...own.items, ...outbox.items] : [...outbox.items, ...own.items];
    },
    answer: (connection, request) => answerHttp(context, originOfToken, connection, request),
    disconnect(connection) {
      callers.delete(connection);
      return forget(context, connection);
    },
  };
}

function answerHttp(
  context: Context,
  originOfToken: (headers: Opening['headers']) => string | undefined,
  connection: ConnectionId,
  { method, path, headers, body }: HttpRequest,
): HttpAnswer {
  const { behaviour } = context;
  const served = path === commonPath || (path === pluginPath && !behaviour.fires('plugin-path-not-over-http'));
  if (!served) return { status: 404, outbound: [] };
  const refused = method !== 'POST' || body.length === 0;
  if (refused && !behaviour.fires('other-methods-served')) return { status: 405, outbound: [] };

  const outbox = createOutbox();
  const caller = { connection, path, origin: originOfToken(headers), hears: false };
  const { answer, refusal } = perform(context, caller, outbox, Buffer.from(body).toString());
  const hasJoined = context.rooms.membershipsOf(connection).length > 0;
  const ends = hasJoined && behaviour.fires('http-join-ends-with-request');
  const outbound = ends ? [...outbox.items, ...forget(context, connection)] : outbox.items;
  if (answer === undefined) return { status: behaviour.fires('http-200-for-nothing') ? 200 : 204, outbound };
  if (refusal === 'notJson' && !behaviour.fires('http-200-for-not-json'))
    return { status: 400, text: answer, outbound };
  const failed = refusal !== undefined && behaviour.fires('http-500-for-errors');
  return { status: failed ? 500 : 200, text: answer, outbound };
}

/** Observers go with their connection, and so do the rooms that were joined over it. */
function forget(context: Context, connection: ConnectionId): readonly Outbound[] {
  const { behaviour, faultMemory, generation, observers, rooms } = context;
  const outbox = createOutbox();
  for (const observer of observers.ofConnection(connection)) {
    observers.remove(observer);
    if (behaviour.isOn('registrations-outlive-connections')) faultMemory.formerIds.add(observer.id);
  }
  const memberships = rooms.membershipsOf(connection);
  if (memberships.length === 0) return [];
  const leaves = generation.closingLeaves
    ? !behaviour.fires('closing-does-not-leave')
    : behaviour.fires('closing-leaves-in-r4');
  if (!leaves) return [];
  for (const member of memberships) depart(context, outbox, member);
  return outbox.items;
}

/** `Authorization: Bearer <token>`. No token at all is undefined; one that nobody knows has the empty origin, which no acl lets in. */
function originReader(tokens: readonly Account[]): (headers: Opening['headers']) => string | undefined {
  const origins = new Map(tokens.map(({ id, token }) => [token, originOf(id)]));
  return ({ authorization }) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(String(authorization ?? '')) ?? [];
    return token === undefined ? undefined : (origins.get(token) ?? '');
  };
}

function createContext({ behaviour, generation, epoch }: ThunderMessengerOptions): Context {
  return {
    behaviour,
    generation: generations[generation],
    rooms: createRooms(),
    observers: createObservers(),
    frames: createFrames(behaviour),
    makeRoomid: createRoomidMaker(epoch),
    faultMemory: createFaultMemory(),
  };
}

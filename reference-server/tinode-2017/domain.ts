/**
 * A Tinode server of protocol 0.13 without sockets: frames in, what to send out. Everything happens in the order in which frames
 * come in.
 */
import { createOutbox, type Outbound, type Outbox } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import { createAccountStore } from '../tinode-core/account-store.ts';
import { createTokenStore } from '../tinode-core/token-store.ts';
import { createTopic, detach } from '../tinode-core/topic.ts';
import { createTopicStore } from '../tinode-core/topic-store.ts';
import { openAccount } from './accounts.ts';
import { type Context, isUserSession, type Session, type TinodeBehaviour } from './context.ts';
import { createFrames } from './frames.ts';
import { goneFrom } from './presence.ts';
import { readRequest } from './requests.ts';
import { serve } from './serve.ts';

export interface TinodeOptions {
  readonly users: readonly { readonly id: string; readonly token: string }[];
  readonly tokenMs: number;
  readonly behaviour: TinodeBehaviour;
  readonly nowMs: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
}

export interface TinodeDomain {
  connect(connection: ConnectionId): readonly Outbound[];
  /** Of a connection that is not connected nothing is done. Never throws. */
  receive(connection: ConnectionId, frame: { readonly payload: Uint8Array }): readonly Outbound[];
  disconnect(connection: ConnectionId): readonly Outbound[];
}

export function createTinode(options: TinodeOptions): TinodeDomain {
  const sessions = new Map<ConnectionId, Session>();
  const context = createContext(options, sessions);

  return {
    connect(connection) {
      sessions.set(connection, { connection, greeted: false, userAgent: '', topics: new Set(), left: new Set() });
      return [];
    },
    receive(connection, { payload }) {
      const session = sessions.get(connection);
      if (!session) return [];
      const outbox = createOutbox();
      const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString();
      serve(context, { session, outbox }, readRequest(text));
      return outbox.items;
    },
    disconnect(connection) {
      const session = sessions.get(connection);
      if (!session) return [];
      sessions.delete(connection);
      const outbox = createOutbox();
      leaveAll(context, session, outbox);
      return outbox.items;
    },
  };
}

function leaveAll(context: Context, session: Session, outbox: Outbox): void {
  for (const topic of session.topics) {
    const stays = topic.kind === 'me' && context.behaviour.fires('on-when-cut');
    if (!stays) detach(topic, session.connection);
    if (isUserSession(session)) goneFrom(context, { session, outbox }, topic);
  }
}

function createContext(options: TinodeOptions, sessions: ReadonlyMap<ConnectionId, Session>): Context {
  const { users, tokenMs, behaviour, nowMs, randomBytes } = options;
  const context: Context = {
    behaviour,
    accounts: createAccountStore(),
    tokens: createTokenStore({ lifeMs: tokenMs, secretBytes: 48, randomBytes }),
    topics: createTopicStore(createTopic),
    sessions,
    queries: new Map(),
    frames: createFrames(behaviour, nowMs),
    nowMs,
    randomBytes,
  };
  for (const { id, token } of users) openAccount(context, { login: id, password: token, tags: [], public: undefined });
  return context;
}

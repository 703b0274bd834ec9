/**
 * A Tinode server of protocol 0.25 without sockets: frames in, what to send out. Everything happens in the order in which frames
 * come in.
 */
import type { Later } from '../core/later.ts';
import { createOutbox, type Outbound } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import { createAccountStore } from '../tinode-core/account-store.ts';
import { createTokenStore } from '../tinode-core/token-store.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import { createTopicStore } from '../tinode-core/topic-store.ts';
import type { Account, Level } from './account.ts';
import { openAccount } from './accounts.ts';
import type { AnswerName } from './answers.ts';
import type { Context, Found, Limits, Session, Timers, TinodeBehaviour, TokenAbout, Transport } from './context.ts';
import { drain } from './drain.ts';
import { evictSession } from './evict-sessions.ts';
import { leaveAll } from './leave.ts';
import { authenticate, tokenBytes } from './login.ts';
import type { Profile } from './profile.ts';
import { readFrame } from './requests.ts';
import { type Search, searchIn } from './search.ts';
import { serve } from './serve.ts';
import { createTemporaryCodes } from './temporary-codes.ts';
import { createTopic } from './topic.ts';

export interface TinodeOptions {
  /** Accounts of the level root, by login name and password. */
  readonly roots: readonly { readonly id: string; readonly token: string }[];
  readonly profile: Profile;
  readonly limits: Limits;
  readonly timers: Timers & { readonly tokenMs: number };
  readonly behaviour: TinodeBehaviour;
  readonly later: Later;
  readonly nowMs: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Undefined if there is no plugin. */
  readonly tellPlugin?: Context['tellPlugin'];
}

export interface TinodeDomain {
  connect(connection: ConnectionId, transport: Transport): readonly Outbound[];
  /** Of a connection that is not connected nothing is done. Never throws. */
  receive(connection: ConnectionId, frame: { readonly payload: Uint8Array }): readonly Outbound[];
  disconnect(connection: ConnectionId): readonly Outbound[];
  /** A last word to everybody. */
  shutDown(): readonly Outbound[];
  /** Whose secret it is, or why it cannot be told. */
  identify(scheme: string, secret: Buffer): { readonly user: UserId } | AnswerName;
  /** Who is logged in there. */
  userOf(connection: ConnectionId): UserId | undefined;
  /** For a plugin. Undefined if there is no such session. */
  describeSession(connection: ConnectionId): DescribedSession | undefined;
  /** What the frame would look for. Undefined if it is no search. */
  searchOf(connection: ConnectionId, frame: { readonly payload: Uint8Array }): Search | undefined;
  /** What a plugin has said to the search that comes next. */
  setFound(connection: ConnectionId, found: Found): void;
}

export interface DescribedSession {
  readonly user: UserId | undefined;
  readonly level: Level | undefined;
  readonly userAgent: string;
  readonly deviceId: string;
  readonly language: string;
}

export function createTinode(options: TinodeOptions): TinodeDomain {
  const sessions = new Map<ConnectionId, Session>();
  const context = createContext(options, sessions);

  return {
    connect(connection, transport) {
      sessions.set(connection, createSession(connection, transport));
      return [];
    },
    receive(connection, { payload }) {
      const session = sessions.get(connection);
      if (!session) return [];
      serve(context, session, textOf(payload));
      session.found = undefined;
      return drain(context);
    },
    disconnect(connection) {
      const session = sessions.get(connection);
      if (!session) return [];
      leaveAll(context, session);
      sessions.delete(connection);
      return drain(context);
    },
    shutDown() {
      for (const connection of sessions.keys()) evictSession(context, connection, 'serverShutdown');
      return drain(context);
    },
    identify(scheme, secret) {
      const found = authenticate(context, { scheme: scheme.toLowerCase(), secret });
      return typeof found === 'string' ? found : { user: found.account.id };
    },
    userOf: connection => sessions.get(connection)?.user,
    describeSession(connection) {
      const session = sessions.get(connection);
      if (!session) return undefined;
      const { user, level, userAgent, deviceId, language } = session;
      return { user, level, userAgent, deviceId, language };
    },
    searchOf(connection, { payload }) {
      const session = sessions.get(connection);
      const frame = session && readFrame(textOf(payload));
      return frame?.request && searchIn(context, session!, frame.request);
    },
    setFound(connection, found) {
      const session = sessions.get(connection);
      if (session) session.found = found;
    },
  };
}

function textOf(payload: Uint8Array): string {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString();
}

function createSession(connection: ConnectionId, transport: Transport): Session {
  return {
    connection,
    transport,
    version: undefined,
    userAgent: '',
    deviceId: '',
    language: '',
    user: undefined,
    level: undefined,
    topics: new Set(),
    lastActive: 0,
    found: undefined,
  };
}

function createContext(options: TinodeOptions, sessions: ReadonlyMap<ConnectionId, Session>): Context {
  const { roots, profile, limits, timers, behaviour, nowMs, randomBytes } = options;
  const context: Context = {
    behaviour,
    profile,
    limits,
    timers,
    accounts: createAccountStore<Account>(),
    tokens: createTokenStore<TokenAbout>({ lifeMs: timers.tokenMs, secretBytes: tokenBytes, randomBytes }),
    codes: createTemporaryCodes(randomBytes),
    topics: createTopicStore(createTopic),
    sessions,
    outbox: createOutbox(),
    aside: createOutbox(),
    later: (delayMs, act) =>
      options.later(delayMs, () => {
        act();
        return drain(context);
      }),
    nowMs,
    randomBytes,
    tellPlugin: options.tellPlugin,
  };
  for (const { id, token } of roots) openAccount(context, { login: id, password: token, level: 'root', tags: [] });
  const system = context.topics.sys();
  Object.assign(system, { isRunning: true, createdMs: nowMs(), updatedMs: nowMs() });
  return context;
}

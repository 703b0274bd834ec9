import type { Behaviour } from '../core/behaviour.ts';
import type { Outbox } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import type { AccountStore } from '../tinode-core/account-store.ts';
import type { TokenStore } from '../tinode-core/token-store.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import type { TopicStore } from '../tinode-core/topic-store.ts';
import type { Account, Level } from './account.ts';
import type { AnswerName } from './answers.ts';
import type { FaultName } from './faults.ts';
import { writeCtrl } from './frames.ts';
import type { PluginEvent } from './plugin-events.ts';
import type { Profile } from './profile.ts';
import type { TemporaryCodes } from './temporary-codes.ts';
import type { Topic } from './topic.ts';
import type { VariantName } from './variants.ts';

export type TinodeBehaviour = Behaviour<FaultName, VariantName>;

export type Transport = 'websocket' | 'longpoll' | 'grpc';

/** One connection, or several requests of long polling. */
export interface Session {
  readonly connection: ConnectionId;
  readonly transport: Transport;
  /** Undefined before a good hi. */
  version: number | undefined;
  userAgent: string;
  deviceId: string;
  language: string;
  user: UserId | undefined;
  level: Level | undefined;
  readonly topics: Set<Topic>;
  /** Counts up with what any session asks for: who asked last was active last. */
  lastActive: number;
  /** What a plugin has said to the search that is served next. */
  found: Found | undefined;
}

/** Another query, or what is found. */
export type Found = { readonly query: string } | { readonly rows: readonly Readonly<Record<string, unknown>>[] };

export interface TokenAbout {
  readonly level: Level;
  /** All credentials that were needed had been confirmed. */
  readonly isValidated: boolean;
}

export interface Limits {
  readonly messageBytes: number;
  readonly subscribers: number;
  readonly tags: number;
  readonly uploadBytes: number;
}

export interface Timers {
  /** From the last session that leaves a topic until it stops. */
  readonly unloadMs: number;
  /** Until others are told of another program. */
  readonly agentMs: number;
  readonly callMs: number;
  /** Older messages are not deleted for all by members. */
  readonly deletableMs: number;
}

export interface Context {
  readonly behaviour: TinodeBehaviour;
  readonly profile: Profile;
  readonly limits: Limits;
  readonly timers: Timers;
  readonly accounts: AccountStore<Account>;
  readonly tokens: TokenStore<TokenAbout>;
  readonly codes: TemporaryCodes;
  readonly topics: TopicStore<Topic>;
  readonly sessions: ReadonlyMap<ConnectionId, Session>;
  readonly outbox: Outbox;
  /** For presence, which is told when the request that causes it has been answered. */
  readonly aside: Outbox;
  /** Does something once, later. Returns how to call it off. */
  readonly later: (delayMs: number, act: () => void) => () => void;
  /** Milliseconds since the epoch, by the server's clock. */
  readonly nowMs: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Undefined if there is no plugin. */
  readonly tellPlugin: ((event: PluginEvent) => void) | undefined;
}

/** A request that is being served. */
export interface Call {
  readonly session: Session;
  readonly id: string | undefined;
  /** The topic as the client wrote it; undefined where a request has none. */
  readonly topic: string | undefined;
  /** In whose name: root may act for others. */
  readonly user: UserId | undefined;
  readonly level: Level | undefined;
}

export type UserCall = Call & { readonly user: UserId; readonly level: Level; readonly topic: string };

interface Answered {
  readonly topic?: string | undefined;
  readonly params?: object | null | undefined;
}

export function answer(context: Context, call: Call, name: AnswerName, answered: Answered = {}): void {
  const { session, id } = call;
  const topic = 'topic' in answered ? answered.topic : call.topic || undefined;
  const { params } = answered;
  context.outbox.send([session.connection], writeCtrl(name, { id, topic, params, atMs: context.nowMs() }));
}

import { type ConnectionId, createRegistry, type Occupant } from '../core/registry.ts';
import type { AccessMode } from '../tinode-core/access-mode.ts';
import type * as core from '../tinode-core/topic.ts';
import type { UserId } from '../tinode-core/topic-name.ts';

export interface Message extends core.Message {
  readonly head: Readonly<Record<string, unknown>> | undefined;
}

/** Access is changed by `grant`. */
export interface Subscription extends core.Subscription {
  updatedMs: number;
  /** Seen by its user only; undefined if nothing was given. */
  private: unknown;
  read: number;
  recv: number;
  /** The last deletion that this user knows of. */
  clear: number;
}

/** Somebody who was subscribed. */
export interface Departed extends Subscription {
  readonly deletedMs: number;
}

export interface Attendee extends Occupant {
  /** Of a channel: came in by its chn name. */
  readonly isReader: boolean;
}

/** Messages with numbers from `low` to below `hi`. */
export interface Span {
  readonly low: number;
  readonly hi: number;
}

export interface Deletion {
  readonly number: number;
  readonly spans: readonly Span[];
  /** Undefined if the messages are gone for everybody. */
  readonly by: UserId | undefined;
}

/** What `me` knows of somebody, or of a group, whose presence its user is told of. */
export interface Contact {
  isOnline: boolean;
  isEnabled: boolean;
}

export interface CallParty {
  readonly user: UserId;
  readonly connection: number;
}

export interface VideoCall {
  readonly seq: number;
  readonly content: unknown;
  readonly mime: unknown;
  readonly caller: CallParty;
  callee?: CallParty;
  acceptedMs?: number;
}

/** Whom a message is for. Kept until somebody comes or goes, or may do other things than before. */
export interface Audience {
  /** Sessions that are attached, by what they call the topic. */
  readonly attached: readonly { readonly name: string; readonly isReader: boolean; readonly to: ConnectionId[] }[];
  /** Who is told on me, unless they are attached. */
  readonly members: readonly { readonly user: UserId; readonly me: Topic }[];
}

export interface Topic extends core.Topic<Subscription, Attendee, Message, Audience> {
  /** Of p2p, the two; of me, fnd and slf, the one. */
  readonly users: readonly UserId[];
  updatedMs: number;
  touchedMs: number;
  owner: UserId | undefined;
  isChannel: boolean;
  access: { auth: AccessMode; anon: AccessMode };
  public: unknown;
  trusted: unknown;
  tags: readonly string[];
  aux: Readonly<Record<string, unknown>>;
  /** The number of the last deletion. */
  deletions: number;
  readonly deletionLog: Deletion[];
  /** The number of the last deletion for everybody. */
  clearedForAll: number;
  readonly departed: Map<UserId, Departed>;
  /** Of a channel: those who only read. */
  readonly readers: Map<UserId, Subscription>;

  /** From the first session that attaches until some time after the last has left. */
  isRunning: boolean;
  /** Others have been told that it runs. */
  isAnnounced: boolean;
  stopUnloading: (() => void) | undefined;
  call: VideoCall | undefined;
  stopRinging: (() => void) | undefined;

  /** Of me: whose presence matters, by what the user calls them. */
  readonly contacts: Map<string, Contact>;
  /** Of me: the program that others have been told of, and the one that was active last. */
  agent: string;
  activeAgent: string;
  stopTellingAgent: (() => void) | undefined;
  /** Of fnd: what each session looks for. */
  readonly queries: Map<number, unknown>;
}

export function createTopic(kind: core.TopicKind, key: string, createdMs: number, users: readonly UserId[]): Topic {
  return {
    key,
    kind,
    users,
    createdMs,
    updatedMs: createdMs,
    touchedMs: createdMs,
    subscriptions: new Map(),
    sessions: createRegistry(),
    messages: [],
    seq: 0,
    attendance: undefined,
    owner: undefined,
    isChannel: false,
    access: { auth: 'N', anon: 'N' },
    public: undefined,
    trusted: undefined,
    tags: [],
    aux: {},
    deletions: 0,
    deletionLog: [],
    clearedForAll: 0,
    departed: new Map(),
    readers: new Map(),
    isRunning: false,
    isAnnounced: false,
    stopUnloading: undefined,
    call: undefined,
    stopRinging: undefined,
    contacts: new Map(),
    agent: '',
    activeAgent: '',
    stopTellingAgent: undefined,
    queries: new Map(),
  };
}

export function createSubscription(want: AccessMode, given: AccessMode, atMs: number, kept: unknown): Subscription {
  return { want, given, updatedMs: atMs, private: kept, read: 0, recv: 0, clear: 0 };
}

/** What somebody wants, or is given, is another thing from now on. */
export function grant(topic: Topic, subscription: Subscription, access: Partial<core.Access>): void {
  Object.assign(subscription, access);
  topic.attendance = undefined;
}

import type { Behaviour } from '../core/behaviour.ts';
import type { Outbox } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import type { AccountStore } from '../tinode-core/account-store.ts';
import type { TokenStore } from '../tinode-core/token-store.ts';
import type { Topic } from '../tinode-core/topic.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import type { TopicStore } from '../tinode-core/topic-store.ts';
import type { FaultName } from './faults.ts';
import type { Frames } from './frames.ts';
import type { VariantName } from './variants.ts';

export type TinodeBehaviour = Behaviour<FaultName, VariantName>;

/** One connection. What is authenticated is the session, not the user: another connection of the same user is another session. */
export interface Session {
  readonly connection: ConnectionId;
  greeted: boolean;
  userAgent: string;
  user?: UserId | undefined;
  /** Set by faults only: a login has failed, and conversations that were left. */
  hasFailed?: true;
  readonly left: Set<Topic>;
  readonly topics: Set<Topic>;
}

/** A session that has logged in. */
export type UserSession = Session & { readonly user: UserId };

export interface Context {
  readonly behaviour: TinodeBehaviour;
  readonly accounts: AccountStore;
  readonly tokens: TokenStore;
  readonly topics: TopicStore<Topic>;
  readonly sessions: ReadonlyMap<ConnectionId, Session>;
  /** By user, the tags that they look for. */
  readonly queries: Map<UserId, readonly string[]>;
  readonly frames: Frames;
  /** Milliseconds since the epoch, by the server's clock. */
  readonly nowMs: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
}

/** Whose request is being served, and where what it causes goes. */
export interface Call<Who extends Session = UserSession> {
  readonly session: Who;
  readonly outbox: Outbox;
}

export function isUserSession(session: Session): session is UserSession {
  return session.user !== undefined;
}

export function answer(
  { frames }: Context,
  { session, outbox }: Call<Session>,
  ...about: Parameters<Frames['ctrl']>
): void {
  outbox.send([session.connection], frames.ctrl(...about));
}

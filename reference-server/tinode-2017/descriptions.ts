/** What meta and params tell of accounts, topics and subscriptions. */
import type { Account } from '../tinode-core/account-store.ts';
import { attachedOf, modeOf, type Subscription, type Topic } from '../tinode-core/topic.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import { writeTime } from '../tinode-core/wire-time.ts';
import type { Context } from './context.ts';
import { nameFor, peerOf } from './names.ts';

export interface Description {
  readonly created: string;
  readonly updated: string;
  readonly defacs?: { readonly auth: string; readonly anon: string };
  readonly acs?: AccessDescription;
  readonly seq?: number;
  readonly public?: unknown;
}

interface AccessDescription {
  readonly want: string;
  readonly given: string;
  readonly mode: string;
}

/** One conversation in the list of a user, one user in that of a topic, or one that was found. */
export interface Row {
  readonly updated: string;
  readonly acs: Partial<AccessDescription>;
  readonly read?: number;
  readonly recv?: number;
  readonly public?: unknown;
  readonly private?: unknown;
  readonly topic?: string;
  readonly user?: UserId;
  readonly seq?: number;
  readonly clear?: number;
  readonly seen?: { readonly when: string; readonly ua: string };
}

export function describeAccess({ behaviour }: Context, subscription: Subscription): AccessDescription {
  const { want, given } = subscription;
  const mode = modeOf(subscription);
  if (!behaviour.varies('letters-reordered')) return { want, given, mode };
  return { want: reverse(want), given: reverse(given), mode: reverse(mode) };
}

export function describeAccount({ behaviour }: Context, account: Account): Description {
  const { access, createdMs, updatedMs } = account;
  const { auth } = access;
  return {
    created: writeTime(createdMs),
    updated: writeTime(updatedMs),
    defacs: { auth: behaviour.varies('letters-reordered') ? reverse(auth) : auth, anon: access.anon },
    public: account.public,
  };
}

export function describeMe(context: Context, account: Account): Description {
  const { behaviour, topics } = context;
  const seq = topics.me(account.id).seq;
  const told = seq > 0 && behaviour.fires('me-one-behind') ? seq - 1 : seq;
  const description = { ...describeAccount(context, account), seq: count(context, told) };
  if (!behaviour.fires('made-a-second-later')) return description;
  return { ...description, created: writeTime(account.createdMs + 1000) };
}

/** A conversation as one of those in it sees it: of two, the other's profile is what it shows. */
export function describeConversation(context: Context, topic: Topic, user: UserId): Description {
  const subscription = topic.subscriptions.get(user)!;
  return {
    created: writeTime(topic.createdMs),
    updated: writeTime(subscription.updatedMs),
    acs: describeAccess(context, subscription),
    seq: count(context, topic.seq),
    public: publicOf(context, topic, user),
  };
}

export function rowOfConversation(context: Context, topic: Topic, user: UserId): Row {
  const { accounts, behaviour, topics } = context;
  const { created: _, ...description } = describeConversation(context, topic, user);
  const peer = topic.kind === 'p2p' ? peerOf(topic, user) : undefined;
  const isOn = peer !== undefined && attachedOf(topics.me(peer), peer).length > 0;
  const seen = peer === undefined ? undefined : accounts.withId(peer)?.seen;
  const isTold = seen && (isOn ? behaviour.fires('seen-while-on') : !behaviour.fires('last-seen-missing'));
  const seenAt = isTold ? seen : undefined;
  const unnumbered = topic.seq > 0 && behaviour.fires('rows-not-numbered');
  const misnamed = peer !== undefined && behaviour.fires('rows-name-their-reader');
  return {
    ...description,
    acs: description.acs!,
    seq: unnumbered ? undefined : description.seq,
    read: count(context, 0),
    recv: count(context, 0),
    topic: misnamed ? user : nameFor(topic, user),
    ...(seenAt && { seen: { when: writeTime(seenAt.atMs), ua: seenAt.userAgent } }),
  };
}

export function rowOfMember(context: Context, topic: Topic, user: UserId): Row {
  const subscription = topic.subscriptions.get(user)!;
  return {
    updated: writeTime(subscription.updatedMs),
    acs: describeAccess(context, subscription),
    public: context.accounts.withId(user)?.public,
    user,
  };
}

export function rowOfFound({ behaviour }: Context, account: Account, query: readonly string[]): Row {
  const { access, id, tags, updatedMs } = account;
  const matched = tags.filter(tag => query.includes(tag));
  return {
    updated: writeTime(updatedMs),
    acs: { mode: behaviour.varies('letters-reordered') ? reverse(access.auth) : access.auth },
    public: account.public,
    private: tags.length > matched.length && behaviour.fires('all-tags-shown') ? tags : matched,
    user: id,
  };
}

function publicOf({ accounts }: Context, topic: Topic, user: UserId): unknown {
  return topic.kind === 'p2p' ? accounts.withId(peerOf(topic, user))?.public : undefined;
}

/** A number that is zero may be left out. */
function count({ behaviour }: Context, value: number): number | undefined {
  return value > 0 || behaviour.varies('zeros-written') ? value : undefined;
}

function reverse(letters: string): string {
  return [...letters].reverse().join('');
}

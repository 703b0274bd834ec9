/** What a plugin is told after it has happened. */
import { writeTime } from '../tinode-core/wire-time.ts';
import type { Account } from './account.ts';
import type { Context } from './context.ts';
import type { Message, Subscription, Topic } from './topic.ts';

export type PluginAction = 'create' | 'update' | 'delete';

export interface PluginEvent {
  readonly about: 'account' | 'topic' | 'subscription' | 'message';
  /** In the words of the message that carries it. */
  readonly event: Readonly<Record<string, unknown>>;
}

export function accountHappened(
  { tellPlugin }: Pick<Context, 'tellPlugin'>,
  action: PluginAction,
  account: Account,
): void {
  const { id, access, tags } = account;
  tellPlugin?.({ about: 'account', event: { action, user: id, access, public: account.public, tags } });
}

export function topicHappened(
  { accounts, tellPlugin }: Pick<Context, 'accounts' | 'tellPlugin'>,
  action: PluginAction,
  topic: Topic,
): void {
  const { kind, seq, deletions, users } = topic;
  // What is the user's own has the times of the user, and me shows what the user shows.
  const account = kind === 'me' || kind === 'fnd' ? accounts.withId(users[0]!) : undefined;
  const { createdMs, updatedMs } = account ?? topic;
  const shown = (kind === 'me' && account) || topic;
  const desc = {
    created: writeTime(createdMs),
    updated: writeTime(updatedMs),
    defacs: shown.access,
    seq,
    clear: deletions,
    public: shown.public,
    trusted: shown.trusted,
  };
  tellPlugin?.({ about: 'topic', event: { action, name: globalName(topic), desc } });
}

export function subscriptionHappened(
  { tellPlugin }: Pick<Context, 'tellPlugin'>,
  action: PluginAction,
  topic: Topic,
  { user, subscription, isReader = false }: { user: string; subscription: Subscription; isReader?: boolean },
): void {
  const { clear, read, recv, want, given } = subscription;
  const name = globalName(topic);
  const kept =
    action === 'delete'
      ? { mode: { want: 'N', given: 'N' } }
      : { clear, read, recv, mode: { want, given }, private: subscription.private };
  const event = { action, topic: isReader ? name.replace('grp', 'chn') : name, user: bare(user), ...kept };
  tellPlugin?.({ about: 'subscription', event });
}

/** `name` is what the author calls the topic. */
export function messageHappened({ tellPlugin }: Pick<Context, 'tellPlugin'>, name: string, message: Message): void {
  const { seq, from, atMs, head, content } = message;
  const data = { topic: name, from, ts: writeTime(atMs), seq, head, content };
  tellPlugin?.({ about: 'message', event: { action: 'create', data } });
}

/** What everybody would call it: me, fnd and slf by their user, p2p by both. */
function globalName({ kind, key, users }: Topic): string {
  const [one = '', other = ''] = users;
  switch (kind) {
    case 'me':
      return one;
    case 'fnd':
    case 'slf':
      return `${kind}${bare(one)}`;
    case 'p2p':
      return `p2p${Buffer.concat([one, other].map(bitsOf).toSorted(Buffer.compare)).toString('base64url')}`;
    default:
      return key;
  }
}

/** The id of a user without the letters that say so. */
function bare(user: string): string {
  return user.slice(3);
}

function bitsOf(user: string): Buffer {
  return Buffer.from(bare(user), 'base64url');
}

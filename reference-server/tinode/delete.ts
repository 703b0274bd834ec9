/** del: messages, somebody's subscription, a topic, a credential, an account. */
import { allows, allowsAny } from '../tinode-core/access-mode.ts';
import { modeOf } from '../tinode-core/topic.ts';
import { readsAsUser } from '../tinode-core/topic-name.ts';
import { evict } from './attendance.ts';
import { answer, type Call, type Context, type UserCall } from './context.ts';
import { deleteCredential } from './credential-changes.ts';
import { deleteMessages } from './delete-messages.ts';
import { deleteTopic } from './delete-topic.ts';
import { deleteUser } from './delete-user.ts';
import { endSubscription } from './leave.ts';
import { admins, modeIn } from './modes.ts';
import { findTopic, readTarget } from './names.ts';
import type { BodyOf } from './requests.ts';
import type { Topic } from './topic.ts';

export function del(context: Context, call: UserCall, body: BodyOf<'del'>): void {
  const { session, user } = call;
  const what = body.what || 'msg';
  if (what === 'user') return deleteUser(context, withoutTopic(call), body.user ?? '');
  const target = readTarget(call.topic, user);
  if (typeof target === 'string') return answer(context, call, target);
  if (!kinds.includes(what)) return answer(context, call, 'malformed');
  if (what === 'topic') return deleteTopic(context, call, target);
  const topic = findTopic(context.topics, user, target);
  if (!topic || !session.topics.has(topic)) return answer(context, call, 'attachFirst');
  const asReader = target.kind === 'group' && target.asReader;
  if (what === 'msg') return deleteMessages(context, call, topic, { asReader, body });
  if (what === 'cred') return deleteCredential(context, call, topic, body.cred ?? {});
  deleteSubscription(context, call, topic, { asReader, user: body.user ?? '' });
}

function withoutTopic(call: Call): Call {
  return { ...call, topic: undefined };
}

const kinds = ['msg', 'topic', 'sub', 'cred'];

interface Removal {
  readonly asReader: boolean;
  readonly user: string;
}

/** An admin puts somebody out, who may come again. */
function deleteSubscription(context: Context, call: UserCall, topic: Topic, { asReader, user }: Removal): void {
  const isAdmin = allowsAny(modeIn(topic, { user: call.user, isReader: false }), admins);
  const isOther = readsAsUser(user) && user !== call.user;
  if (asReader || !isAdmin || !isOther || topic.kind === 'p2p') return answer(context, call, 'permissionDenied');
  const subscription = topic.subscriptions.get(user);
  if (!subscription) return answer(context, call, 'noAction');
  // Who has banned the topic would come back by being put out.
  const isKept = allows(modeOf(subscription), 'O') || !allows(subscription.want, 'J');
  if (isKept) return answer(context, call, 'permissionDenied');
  answer(context, call, 'ok');
  endSubscription(context, topic, { user, actor: call.user, isReader: false, skip: call.session.connection });
  if (!context.behaviour.fires('put-out-in-words-only')) evict(context, topic, user, { unsub: true });
}

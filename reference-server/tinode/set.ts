/** set: changes a topic, or what its user has of it. One answer for each part that is to be changed. */
import { allows, allowsAny, readMode } from '../tinode-core/access-mode.ts';
import { readsAsUser } from '../tinode-core/topic-name.ts';
import { answer, type Context, type UserCall } from './context.ts';
import { setCredential } from './credential-changes.ts';
import { setDescription } from './description-changes.ts';
import { hasAux } from './get.ts';
import { merge } from './merge.ts';
import { admins, asPairMode, modeIn, showAccess, subscriptionOf } from './modes.ts';
import { findTopic, readTarget, type Target } from './names.ts';
import { settleOther } from './other-subscription.ts';
import { settleOwn } from './own-subscription.ts';
import type { BodyOf } from './requests.ts';
import { setTags } from './tag-changes.ts';
import { tellAttached } from './tell.ts';
import { grant, type Topic } from './topic.ts';

export function set(context: Context, call: UserCall, body: BodyOf<'set'>): void {
  const { session, user } = call;
  const target = readTarget(call.topic, user);
  if (typeof target === 'string') return answer(context, call, target);
  const { desc, sub, tags, cred, aux } = body;
  if (!desc && !sub && !tags && !cred && !aux) return answer(context, call, 'malformed');
  const topic = findTopic(context.topics, user, target);
  if (!topic || !session.topics.has(topic)) return setFromOutside(context, call, target, body);
  const asReader = target.kind === 'group' && target.asReader;
  if (asReader && !topic.isChannel) return answer(context, call, 'notFound');

  if (desc) setDescription(context, call, topic, { asReader, desc });
  if (sub) setSubscription(context, call, topic, { asReader, sub });
  if (tags) setTags(context, call, topic, tags);
  if (cred) setCredential(context, call, topic, cred);
  if (aux) setAux(context, call, topic, aux);
}

interface SubscriptionChange {
  readonly asReader: boolean;
  readonly sub: NonNullable<BodyOf<'set'>['sub']>;
}

function setSubscription(context: Context, call: UserCall, topic: Topic, { asReader, sub }: SubscriptionChange): void {
  const { user = '', mode = '' } = sub;
  if (user !== '' && !readsAsUser(user)) return answer(context, call, 'malformed');
  if (user !== '' && user !== call.user) return settleOther(context, call, topic, { asReader, user, mode });
  const settled = settleOwn(context, call, { topic, asReader, mode, private: undefined, isNew: false });
  if (!settled) return;
  if (!settled.acs) return answer(context, call, 'notModified');
  answer(context, call, 'ok', { params: { acs: settled.acs } });
}

function setAux(context: Context, call: UserCall, topic: Topic, aux: Readonly<Record<string, unknown>>): void {
  const { session, user } = call;
  if (!hasAux(topic)) return answer(context, call, 'notAllowed');
  const isAdmin = allowsAny(modeIn(topic, { user, isReader: false }), admins);
  if (!isAdmin && !context.behaviour.fires('data-by-any-member')) return answer(context, call, 'permissionDenied');
  const { value, isChanged } = merge(topic.aux, aux);
  if (!isChanged) return answer(context, call, 'notModified');
  topic.aux = value as Topic['aux'];
  tellAttached(context, topic, { what: 'aux' }, { skip: session.connection });
  answer(context, call, 'ok');
}

/** Who is not attached may change what is their own: the private part, and what they want. */
function setFromOutside(context: Context, call: UserCall, target: Target, body: BodyOf<'set'>): void {
  const { tags, cred, aux, desc, sub } = body;
  if (tags || cred || aux) return answer(context, call, 'permissionDenied');
  const mode = sub?.mode ?? '';
  if (desc?.private === undefined && mode === '') return answer(context, call, 'notModified');
  if (sub?.user && sub.user !== call.user) return answer(context, call, 'permissionDenied');
  const topic = findTopic(context.topics, call.user, target);
  const isReader = target.kind === 'group' && target.asReader;
  const subscription = topic && subscriptionOf(topic, call.user, isReader);
  if (!subscription) return answer(context, call, 'notFound');

  const wanted = mode === '' ? undefined : readMode(mode);
  if (mode !== '' && wanted === undefined) return answer(context, call, 'malformed');
  if (wanted && allows(wanted, 'O') !== allows(subscription.want, 'O'))
    return answer(context, call, 'permissionDenied');
  const kept = merge(subscription.private, desc?.private);
  const want = wanted && topic.kind === 'p2p' ? asPairMode(context.profile, wanted) : (wanted ?? subscription.want);
  const isOther = want !== subscription.want;
  if (!kept.isChanged && !isOther) return answer(context, call, 'notModified');
  grant(topic, subscription, { want });
  Object.assign(subscription, { private: kept.value, updatedMs: context.nowMs() });
  answer(context, call, 'ok', isOther ? { params: { acs: showAccess(subscription) } } : {});
}

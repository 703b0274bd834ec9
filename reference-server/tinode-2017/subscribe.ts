/** sub: attaches this session to a topic, and makes the subscription if there is none. */
import { type Access, append, attach, attachedOf, isAttached, type Topic } from '../tinode-core/topic.ts';
import { idBytes, readTopicName, writeGroupId } from '../tinode-core/topic-name.ts';
import type { AnswerName } from './answers.ts';
import { answer, type Call, type Context } from './context.ts';
import { describeAccess } from './descriptions.ts';
import { sendParts } from './get.ts';
import { nameFor, peerOf } from './names.ts';
import { comesOn } from './presence.ts';
import type { RequestOf } from './requests.ts';

export function subscribeTo(context: Context, call: Call, { id, topic: text, parts }: RequestOf<'sub'>): void {
  const { behaviour } = context;
  const { session } = call;
  const { user, connection } = session;
  const opened = openTopic(context, call, text);
  if (typeof opened === 'string') return answer(context, call, id, opened, { topic: text });
  const { topic, isNew } = opened;
  if (topic.kind === 'p2p' && session.left.has(topic) && behaviour.fires('left-for-good')) {
    return answer(context, call, id, 'permissionDenied', { topic: text });
  }
  const name = nameFor(topic, user);
  if (isAttached(topic, connection) && !behaviour.fires('second-sub-accepted')) {
    const named = behaviour.varies('errors-name-topic');
    return answer(context, call, id, 'alreadySubscribed', named ? { topic: name } : {});
  }

  attach(topic, connection, user);
  session.topics.add(topic);
  const served = parts.length === 0 || topic.kind === 'me' || !behaviour.fires('sub-with-get-on-me-only');
  const wanted = parts.length > 0 && served && !behaviour.fires('get-in-sub-ignored');
  const partsFirst = wanted && behaviour.fires('parts-before-answer');
  if (partsFirst) sendParts(context, call, topic, { id, parts });
  const acs = describeAccess(context, topic.subscriptions.get(user)!);
  answer(context, call, id, 'ok', { topic: name, params: { acs } });
  if (topic.kind === 'me') comesOn(context, call);
  if (topic.kind === 'p2p' && isNew) recordFor(context, call, topic);
  if (wanted && !partsFirst) sendParts(context, call, topic, { id, parts });
}

interface Opened {
  readonly topic: Topic;
  /** This request made the subscription. */
  readonly isNew: boolean;
}

function openTopic(context: Context, call: Call, text: string): Opened | AnswerName {
  const { accounts, behaviour, topics, nowMs, randomBytes } = context;
  const { user } = call.session;
  const atMs = nowMs();
  const name = readTopicName(text);
  switch (name?.kind) {
    case 'me':
    case 'fnd': {
      const topic = name.kind === 'me' ? topics.me(user) : topics.fnd(user);
      return { topic, isNew: topics.join(topic, user, { ...ownAccess, updatedMs: atMs }) };
    }
    case 'p2p': {
      const peer = accounts.withId(name.peer);
      const account = accounts.withId(user);
      if (!peer && behaviour.fires('nobody-joined')) return 'ok';
      if (!peer || !account) return 'notFound';
      if (peer.tags.length === 0 && behaviour.fires('tagless-unreachable')) return 'notFound';
      if (peer === account) return 'permissionDenied';
      const topic = topics.openP2p(user, peer.id, atMs);
      const isNew = topics.join(topic, user, { want: peer.access.auth, given: peer.access.auth, updatedMs: atMs });
      topics.join(topic, peer.id, { want: account.access.auth, given: account.access.auth, updatedMs: atMs });
      return { topic, isNew };
    }
    case 'group': {
      const topic = topics.group(name.group);
      return topic ? { topic, isNew: topics.join(topic, user, { ...memberAccess, updatedMs: atMs }) } : 'notFound';
    }
    case 'new': {
      const topic = topics.openGroup(writeGroupId(randomBytes(idBytes)), atMs);
      return { topic, isNew: topics.join(topic, user, { ...ownerAccess, updatedMs: atMs }) };
    }
    default:
      return 'malformed';
  }
}

/** The peer finds a record on me of who has begun a conversation, and is told at once if they are there. */
function recordFor(context: Context, { session, outbox }: Call, topic: Topic): void {
  const { behaviour, frames, nowMs, topics } = context;
  const peer = peerOf(topic, session.user);
  const acs = describeAccess(context, topic.subscriptions.get(peer)!);
  const sides = [session.user, peer];
  if (behaviour.fires('record-names-sides-wrongly')) sides.reverse();
  const content = { acs, act: 'upd', authlvl: 'auth', topic: sides[0], user: sides[1] };
  const me = topics.me(peer);
  const record = append(me, { from: session.user, content, atMs: nowMs() });
  const told = attachedOf(me, peer);
  if (told.length === 0) return;
  if (!behaviour.fires('record-not-told')) outbox.send(told, frames.data('me', record));
  if (behaviour.varies('tells-of-access')) outbox.send(told, frames.pres({ what: 'acs', src: session.user }));
}

/** Of everybody to their me and fnd. */
const ownAccess: Access = { want: 'JRPD', given: 'JRPD' };
const memberAccess: Access = { want: 'JRWP', given: 'JRWPS' };
const ownerAccess: Access = { want: 'JRWPASDO', given: 'JRWPASDO' };

/** pub: one message, to every session that is attached to the topic, the sender's own included. */
import type { ConnectionId } from '../core/registry.ts';
import { append, attachedOf, attendanceOf, isAttached, type Message, mayIn, type Topic } from '../tinode-core/topic.ts';
import { answer, type Call, type Context } from './context.ts';
import { findTopic, nameFor, peerOf } from './names.ts';
import { noticeMessage } from './presence.ts';
import type { RequestOf } from './requests.ts';

export function publish(context: Context, call: Call, { id, topic: name, content }: RequestOf<'pub'>): void {
  const { behaviour, nowMs, topics } = context;
  const { session, outbox } = call;
  const topic = findTopic(topics, session.user, name);
  if (!topic || (!isAttached(topic, session.connection) && !behaviour.fires('published-before-sub'))) {
    return answer(context, call, id, 'attachFirst', { topic: name });
  }
  const isConversation = topic.kind === 'p2p' || topic.kind === 'group';
  if (!isConversation || !mayIn(topic, session.user, 'W')) {
    return answer(context, call, id, 'permissionDenied', { topic: name });
  }

  if (topic.seq > 0 && behaviour.fires('number-skipped')) topic.seq++;
  const message = append(topic, { from: session.user, content: alter(context, content), atMs: nowMs() });
  const accept = () => answer(context, call, id, 'accepted', { topic: name, params: { seq: message.seq } });
  const dataFirst = behaviour.varies('message-before-answer');
  if (!dataFirst) accept();
  deliver(context, call, topic, message);
  if (dataFirst) accept();
  noticeMessage(context, outbox, topic, message);
}

function deliver(context: Context, call: Call, topic: Topic, message: Message): void {
  const { behaviour, frames } = context;
  const { outbox, session } = call;
  // A group has one name for everybody, so that its message is written once.
  if (topic.kind === 'group') return outbox.send(attendanceOf(topic).readers, frames.data(topic.key, message));

  for (const user of topic.subscriptions.keys()) {
    if (!mayIn(topic, user, 'R')) continue;
    const misnamed = user !== session.user && behaviour.fires('topic-named-as-sender-does');
    const name = nameFor(topic, misnamed ? session.user : user);
    const told = receiving(context, call, topic, user);
    for (const each of dueFor(context, call, topic, user, message)) outbox.send(told, frames.data(name, each));
  }
}

/** What is sent to a user now: the message, but for a fault. */
function dueFor({ behaviour }: Context, { session }: Call, topic: Topic, user: string, message: Message): Message[] {
  if (user === session.user || !behaviour.isOn('message-overtaken')) return [message];
  if (message.seq === overtakenSeq && behaviour.fires('message-overtaken')) return [];
  const late = topic.messages.find(({ seq }) => seq === overtakenSeq);
  return message.seq === overtakenSeq + 1 && late ? [message, late] : [message];
}

function receiving(context: Context, { session }: Call, topic: Topic, user: string): ConnectionId[] {
  const { behaviour, topics } = context;
  const attached = attachedOf(topic, user);
  if (user !== session.user && isThird(context, topic, session.user) && behaviour.fires('third-conversation-apart'))
    return [];
  const elsewhere = attached.length === 0 ? attachedOf(topics.me(user), user) : [];
  if (elsewhere.length > 0 && behaviour.fires('message-sent-to-me')) return elsewhere;
  if (attached.length > 1 && behaviour.fires('one-session-receives')) return attached.slice(0, 1);
  if (user !== session.user && attached.length > 0 && behaviour.fires('delivered-twice'))
    return [...attached, ...attached];
  if (user === session.user && behaviour.fires('no-copy-to-sender')) {
    return attached.filter(connection => connection !== session.connection);
  }
  if (user === session.user || !behaviour.isOn('delivered-to-others-too')) return attached;
  const others = othersOf(context, topic, session.user);
  return others.length > 0 && behaviour.fires('delivered-to-others-too') ? [...attached, ...others] : attached;
}

/** For a fault: the third conversation that a user has had, or a later one. */
function isThird({ topics }: Context, topic: Topic, user: string): boolean {
  return topics.conversationsOf(user).indexOf(topic) >= 2;
}

/** For a fault: who is in other conversations with this user. */
function othersOf({ topics }: Context, topic: Topic, user: string): ConnectionId[] {
  return topics
    .conversationsOf(user)
    .filter(other => other.kind === 'p2p' && other !== topic)
    .flatMap(other => attachedOf(other, peerOf(other, user)));
}

function alter({ behaviour }: Context, content: unknown): unknown {
  if (typeof content !== 'string') return behaviour.fires('content-made-text') ? JSON.stringify(content) : content;
  const isLong = content.length > cutLength;
  return isLong && behaviour.fires('content-cut') ? content.slice(0, cutLength) : content;
}

const cutLength = 40;
const overtakenSeq = 8;

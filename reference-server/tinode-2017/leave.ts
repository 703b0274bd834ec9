/** leave: detaches this session, and no other of the same user. The subscription stays. */
import type { ConnectionId } from '../core/registry.ts';
import { attachedOf, detach, isAttached, type Topic } from '../tinode-core/topic.ts';
import { readTopicName, type UserId } from '../tinode-core/topic-name.ts';
import { answer, type Call, type Context } from './context.ts';
import { findTopic } from './names.ts';
import { goneFrom } from './presence.ts';
import type { RequestOf } from './requests.ts';

export function leave(context: Context, call: Call, { id, topic: name }: RequestOf<'leave'>): void {
  const { behaviour, topics } = context;
  const { session } = call;
  if (!readTopicName(name) && !behaviour.fires('malformed-topic-not-joined')) {
    return answer(context, call, id, 'malformed', { topic: name });
  }
  const topic = findTopic(topics, session.user, name);
  if (!topic || !isAttached(topic, session.connection)) {
    if (behaviour.fires('left-again')) return answer(context, call, id, 'ok', { topic: name });
    const unnamed = behaviour.varies('errors-without-topic');
    return answer(context, call, id, 'notJoined', unnamed ? {} : { topic: name });
  }
  if (topic.kind === 'p2p' && behaviour.fires('left-in-words-only'))
    return answer(context, call, id, 'ok', { topic: name });

  for (const connection of leaving(context, topic, session.user, session.connection)) {
    detach(topic, connection);
    context.sessions.get(connection)?.topics.delete(topic);
  }
  answer(context, call, id, 'ok', { topic: name });
  if (behaviour.isOn('left-for-good')) session.left.add(topic);
  goneFrom(context, call, topic);
}

function leaving({ behaviour }: Context, topic: Topic, user: UserId, connection: ConnectionId): ConnectionId[] {
  const all = attachedOf(topic, user);
  return topic.kind === 'p2p' && all.length > 1 && behaviour.fires('every-session-leaves') ? all : [connection];
}

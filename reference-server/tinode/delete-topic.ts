/** del topic: a group is gone if its owner says so; anybody else, and both of two, only leave. */
import { stop } from './attendance.ts';
import { answer, type Context, type UserCall } from './context.ts';
import { unsubscribe } from './leave.ts';
import { findTopic, type Target } from './names.ts';
import { topicHappened } from './plugin-events.ts';
import { tellMembers } from './tell.ts';
import type { Topic } from './topic.ts';

export function deleteTopic(context: Context, call: UserCall, target: Target): void {
  if (target.kind === 'me' || target.kind === 'fnd') return answer(context, call, 'permissionDenied');
  const topic = findTopic(context.topics, call.user, target);
  if (!topic) return answer(context, call, 'noAction');
  const asReader = target.kind === 'group' && target.asReader;
  if (topic.owner !== call.user) return unsubscribe(context, call, topic, asReader);
  answer(context, call, 'ok');
  endTopic(context, topic, topic.isRunning ? undefined : call.session.connection);
  topicHappened(context, 'delete', topic);
}

/** Everybody is put out without a word, and told on me that the topic is gone. */
export function endTopic(context: Context, topic: Topic, skip?: number): void {
  const { behaviour, sessions, topics } = context;
  if (topic.kind === 'group') tellMembers(context, topic, { what: 'gone' }, { skip });
  for (const [connection] of topic.sessions.everybody()) {
    topic.sessions.release(connection);
    sessions.get(connection)?.topics.delete(topic);
  }
  stop(topic);
  if (topic.kind !== 'group' || !behaviour.fires('deleted-group-kept')) topics.drop(topic);
}

/** del user: an account, with all that it owns. */
import { readsAsUser, type UserId } from '../tinode-core/topic-name.ts';
import { stop } from './attendance.ts';
import { answer, type Call, type Context } from './context.ts';
import { endTopic } from './delete-topic.ts';
import { evictFromServer, evictSession } from './evict-sessions.ts';
import { leaveAll } from './leave.ts';
import { peerOf } from './names.ts';
import { tellUser } from './tell.ts';

export function deleteUser(context: Context, call: Call, named: string): void {
  const { accounts, behaviour } = context;
  const { session } = call;
  const isOwn = named === '' || named === session.user;
  if (!isOwn && session.level !== 'root') return answer(context, call, 'permissionDenied');
  if (!isOwn && !readsAsUser(named)) return answer(context, call, 'malformed');
  const user = isOwn ? session.user! : named;
  const account = accounts.withId(user);
  if (!behaviour.fires('sessions-outlive-account')) evictFromServer(context, user, { skip: session.connection });
  endAllOf(context, user);
  if (account) accounts.remove(account);
  answer(context, call, 'ok');
  if (isOwn) evictSession(context, session.connection);
}

function endAllOf(context: Context, user: UserId): void {
  const { sessions, topics } = context;
  for (const session of sessions.values()) if (session.user === user) leaveAll(context, session);
  for (const topic of topics.conversationsOf(user)) {
    if (topic.kind === 'p2p') tellUser(context, peerOf(topic, user), { what: 'gone', src: user });
    if (topic.owner === user || topic.kind === 'p2p') endTopic(context, topic);
    else topics.part(topic, user);
  }
  for (const topic of topics.all()) topic.readers.delete(user);
  for (const own of [topics.me(user), topics.fnd(user)]) {
    stop(own);
    topics.drop(own);
  }
}

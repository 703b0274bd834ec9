/** set: what one shows on me, and the tags that one looks for on fnd. */
import { isAttached } from '../tinode-core/topic.ts';
import { answer, type Call, type Context } from './context.ts';
import { findTopic, peerOf } from './names.ts';
import { type RequestOf, textsOf } from './requests.ts';

export function set(context: Context, call: Call, { id, topic: name, desc }: RequestOf<'set'>): void {
  const { accounts, behaviour, nowMs, queries, topics } = context;
  const { user, connection } = call.session;
  const topic = findTopic(topics, user, name);
  if (!topic || !isAttached(topic, connection)) return answer(context, call, id, 'attachFirst', { topic: name });

  if (topic.kind === 'fnd' && desc.private !== undefined) {
    const tags = textsOf(desc.private);
    const keeps = tags.length === 0 && behaviour.fires('query-not-cleared');
    if (!keeps) queries.set(user, tags);
    const peers = topics.conversationsOf(user).filter(({ kind }) => kind === 'p2p');
    if (peers.length > 0 && behaviour.fires('query-shared-with-peers')) {
      for (const conversation of peers) queries.set(peerOf(conversation, user), tags);
    }
  } else if (topic.kind === 'me' && desc.public !== undefined) {
    const account = accounts.withId(user)!;
    if (!behaviour.fires('public-not-changed')) account.public = desc.public;
    account.updatedMs = nowMs();
  } else {
    return answer(context, call, id, 'permissionDenied', { topic: name });
  }
  answer(context, call, id, 'ok', { topic: name });
}

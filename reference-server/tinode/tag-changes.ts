/** set tags: by what a user, or a group, is found. */
import { retag } from './accounts.ts';
import { answer, type Context, type UserCall } from './context.ts';
import { holderOf } from './search.ts';
import { aliasesIn, protectedTags, readTags } from './tags.ts';
import { tellAttached } from './tell.ts';
import type { Topic } from './topic.ts';

export function setTags(context: Context, call: UserCall, topic: Topic, given: readonly string[]): void {
  const { accounts, behaviour, limits, nowMs } = context;
  const { session, user } = call;
  if (topic.kind !== 'me' && topic.kind !== 'group') return answer(context, call, 'notAllowed');
  if (topic.kind === 'group' && topic.owner !== user) return answer(context, call, 'permissionDenied');
  const tags = readTags(given, limits.tags);
  if (tags.length === 0) return answer(context, call, 'notModified');

  const account = topic.kind === 'me' ? accounts.withId(user) : undefined;
  const old = account ? account.tags : topic.tags;
  const isSame = (one: readonly string[], other: readonly string[]) => one.join(' ') === other.join(' ');
  if (!isSame(protectedTags(context, old), protectedTags(context, tags)))
    return answer(context, call, 'permissionDenied');
  if (aliasesIn(tags).length > 1) return answer(context, call, 'malformed');
  const added = tags.filter(tag => !old.includes(tag));
  const removed = old.filter(tag => !tags.includes(tag));
  if (added.length + removed.length === 0) return answer(context, call, 'notModified');
  // Users may share an alias, groups may not.
  const isHeld = aliasesIn(added).some(tag => holderOf(context, tag) !== undefined);
  if (isHeld && (!account || behaviour.varies('taken-alias-refused'))) return answer(context, call, 'malformed');

  if (account) retag(context, account, tags);
  else Object.assign(topic, { tags, updatedMs: nowMs() });
  const isForAll = topic.kind === 'group' && behaviour.fires('tags-announced-to-members');
  tellAttached(context, topic, { what: 'tags' }, { only: isForAll ? undefined : user, skip: session.connection });
  answer(context, call, 'ok', { params: { added: added.length || undefined, removed: removed.length || undefined } });
}

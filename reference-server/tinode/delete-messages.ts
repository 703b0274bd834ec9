/** del msg: for oneself, or for everybody. */
import { allows } from '../tinode-core/access-mode.ts';
import { answer, type Context, type UserCall } from './context.ts';
import { isIn } from './history.ts';
import { modeIn } from './modes.ts';
import { nameFor } from './names.ts';
import type { BodyOf, Range } from './requests.ts';
import { mergeSpans } from './spans.ts';
import { tellAttached, tellMembers, tellUser } from './tell.ts';
import type { Span, Topic } from './topic.ts';

interface Deleting {
  readonly asReader: boolean;
  readonly body: BodyOf<'del'>;
}

export function deleteMessages(context: Context, call: UserCall, topic: Topic, { asReader, body }: Deleting): void {
  if (asReader) return answer(context, call, 'notAllowed');
  const mode = modeIn(topic, { user: call.user, isReader: false });
  if (!allows(mode, 'D') && !allows(mode, 'R')) return answer(context, call, 'permissionDenied');
  const spans = readSpans(context, topic, body.delseq ?? []);
  if (!spans) return answer(context, call, 'malformed');

  // Who may not delete for all deletes for themselves, and is not told.
  const isForAll = body.hard === true && (allows(mode, 'D') || context.behaviour.fires('anybody-deletes-for-all'));
  topic.deletions += 1;
  const number = topic.deletions;
  topic.deletionLog.push({ number, spans, by: isForAll ? undefined : call.user });
  if (isForAll) deleteForAll(context, call, topic, { number, spans });
  else deleteForSelf(context, call, topic, { number, spans });
  const isFromZero = context.behaviour.fires('deletions-counted-from-zero');
  answer(context, call, 'ok', { params: { del: isFromZero ? number - 1 : number } });
}

/** Undefined if a range is none, or lies beyond the last message, or if there is nothing to delete, or too much. */
function readSpans({ behaviour }: Context, topic: Topic, ranges: readonly Range[]): Span[] | undefined {
  const isWrong = ({ low = 0, hi = 0 }: Range) =>
    low > topic.seq || low < 0 || hi < 0 || (hi > 0 && low > hi) || (low === 0 && hi === 0);
  if (ranges.length === 0 || ranges.some(isWrong)) return undefined;
  const asked = ranges.map(({ low = 0, hi = 0 }) => ({ low, hi: Math.max(low + 1, Math.min(hi, topic.seq + 1)) }));
  const merged = mergeSpans(asked);
  const spans = merged.length < asked.length && behaviour.fires('ranges-told-apart') ? asked : merged;
  const count = spans.reduce((sum, { low, hi }) => sum + hi - low, 0);
  return count > mostDeleted && spans.length > 1 ? undefined : spans;
}

interface Deleted {
  readonly number: number;
  readonly spans: readonly Span[];
}

function deleteForAll(context: Context, { session, user }: UserCall, topic: Topic, { number, spans }: Deleted): void {
  const skip = session.connection;
  topic.clearedForAll = number;
  for (const subscription of topic.subscriptions.values()) subscription.clear = number;
  // Old ones can be deleted by the owner only.
  const oldestMs = topic.owner === user ? 0 : context.nowMs() - context.timers.deletableMs;
  const kept = topic.messages.filter(({ seq, atMs }) => !isIn(seq, spans) || atMs < oldestMs);
  topic.messages.splice(0, topic.messages.length, ...kept);
  const notice = { what: 'del', clear: number };
  tellAttached(context, topic, { ...notice, src: user, spans }, { needs: ['R'], skip });
  tellMembers(context, topic, { ...notice, actor: user }, { needs: ['R'], skip, unlessAttached: true });
}

function deleteForSelf(context: Context, { session, user }: UserCall, topic: Topic, { number, spans }: Deleted): void {
  const subscription = topic.subscriptions.get(user);
  if (subscription) subscription.clear = number;
  if (!allows(modeIn(topic, { user, isReader: false }), 'P')) return;
  const skip = session.connection;
  const notice = { what: 'del', clear: number };
  const isForAll = context.behaviour.fires('own-deletion-told-to-others');
  tellAttached(context, topic, { ...notice, src: user, spans }, { only: isForAll ? undefined : user, skip });
  tellUser(context, user, { ...notice, src: nameFor(topic, user) }, { skip, unlessIn: topic });
}

const mostDeleted = 1024;

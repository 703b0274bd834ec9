/** get data: what was said, newest first. get del: what of it is gone. */
import { allows } from '../tinode-core/access-mode.ts';
import { modeOf } from '../tinode-core/topic.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import { answer, type Context, type UserCall } from './context.ts';
import { writeData } from './frames.ts';
import { subscriptionOf } from './modes.ts';
import type { GetOptions } from './requests.ts';
import { sendMeta, sendNothing } from './send-meta.ts';
import { mergeSpans } from './spans.ts';
import { writeSpan } from './tell.ts';
import type { Deletion, Message, Span, Topic } from './topic.ts';

interface Asked {
  readonly asReader: boolean;
  readonly options: GetOptions;
}

export function sendHistory(context: Context, call: UserCall, topic: Topic, { asReader, options }: Asked): void {
  if (isOfOtherKind(options)) return answer(context, call, 'malformed');
  if (!mayRead(topic, call)) return answer(context, call, 'permissionDenied');
  const messages = messagesFor(context, topic, call.user, options);
  for (const message of messages) {
    const hidesAuthor = asReader && !context.behaviour.fires('authors-told-to-readers');
    context.outbox.send([call.session.connection], writeData(call.topic, message, hidesAuthor));
  }
  const what = 'data';
  if (messages.length === 0) return sendNothing(context, call, what);
  answer(context, call, 'delivered', { params: { what, count: messages.length } });
}

function isOfOtherKind({ ims, user, topic }: GetOptions): boolean {
  return ims !== undefined || Boolean(user) || Boolean(topic);
}

function mayRead(topic: Topic, { session, user }: UserCall): boolean {
  const isReader = topic.sessions.occupantOf(session.connection)?.isReader ?? false;
  const subscription = subscriptionOf(topic, user, isReader);
  return subscription !== undefined && allows(modeOf(subscription), 'R');
}

/** Ranges, if given, stand in the place of since and before. */
function messagesFor(context: Context, topic: Topic, user: UserId, options: GetOptions): Message[] {
  const { behaviour } = context;
  const { since = 0, before = 0, limit = 0, ranges = [] } = options;
  const spans = ranges.map(({ low = 0, hi = 0 }) => ({ low, hi: Math.max(hi, low + 1) }));
  const isAlone = since === 0 && limit === 0;
  const isBefore = (seq: number) =>
    before <= 0 || seq < before || (seq === before && isAlone && behaviour.fires('before-includes-itself'));
  const isWanted = (seq: number) => (spans.length > 0 ? isIn(seq, spans) : seq >= since && isBefore(seq));
  const wanted = topic.messages.filter(({ seq }) => isWanted(seq) && !isHidden(context, topic, user, seq));
  const most = limit > 0 ? Math.min(limit, pageMessages) : pageMessages;
  const isFromTheOther = wanted.length > most && behaviour.fires('limit-takes-the-oldest');
  const page = isFromTheOther ? wanted.slice(0, most) : wanted.slice(-most);
  const isWhole = page.length === topic.messages.length && page.length > 1;
  return isWhole && behaviour.fires('history-oldest-first') ? page : page.toReversed();
}

/** What somebody has deleted for themselves is hidden from them. What is gone for everybody may be kept, for it was too old. */
function isHidden({ behaviour }: Context, { deletionLog }: Topic, user: UserId, seq: number): boolean {
  const deletions = deletionLog.filter(({ spans }) => isIn(seq, spans));
  if (deletions.some(({ by }) => by === undefined)) return true;
  if (deletions.some(({ by }) => by === user)) return !behaviour.fires('deleted-still-served');
  return deletions.length > 0 && behaviour.fires('deletion-hides-from-all');
}

export function isIn(seq: number, spans: readonly Span[]): boolean {
  return spans.some(({ low, hi }) => seq >= low && seq < hi);
}

export function sendDeletions(context: Context, call: UserCall, topic: Topic, options: GetOptions): void {
  if (isOfOtherKind(options)) return answer(context, call, 'malformed');
  const log = mayRead(topic, call) ? deletionsFor(topic, call.user, options) : [];
  if (log.length === 0) return sendNothing(context, call, 'del');
  const clear = log.at(-1)!.number;
  const delseq = mergeSpans(log.flatMap(({ spans }) => spans)).map(writeSpan);
  sendMeta(context, call, { del: { clear, delseq } });
}

function deletionsFor(topic: Topic, user: UserId, { since = 0, before = 0, limit = 0 }: GetOptions): Deletion[] {
  const log = topic.deletionLog.filter(({ number, by }) => {
    const isFor = by === undefined || by === user;
    return isFor && number >= since && (before <= 1 || number < before);
  });
  return limit > 0 ? log.slice(0, limit) : log;
}

const pageMessages = 100;

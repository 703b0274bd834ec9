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
  const messages = messagesFor(topic, call.user, options);
  for (const message of messages) {
    context.outbox.send([call.session.connection], writeData(call.topic, message, asReader));
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
function messagesFor(
  topic: Topic,
  user: UserId,
  { since = 0, before = 0, limit = 0, ranges = [] }: GetOptions,
): Message[] {
  const hidden = topic.deletionLog.filter(({ by }) => by === undefined || by === user);
  const spans = ranges.map(({ low = 0, hi = 0 }) => ({ low, hi: Math.max(hi, low + 1) }));
  const isWanted = (seq: number) =>
    spans.length > 0 ? isIn(seq, spans) : seq >= since && (before <= 0 || seq < before);
  const wanted = topic.messages.filter(({ seq }) => isWanted(seq) && !hidden.some(each => isIn(seq, each.spans)));
  const most = limit > 0 ? Math.min(limit, pageMessages) : pageMessages;
  return wanted.toReversed().slice(0, most);
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

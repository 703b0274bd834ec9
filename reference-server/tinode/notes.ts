/** note: somebody types, has received, has read. Nothing is stored but how far, and nothing is answered. */
import { allows } from '../tinode-core/access-mode.ts';
import { modeOf } from '../tinode-core/topic.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import { noteCall, reachesUnattached } from './calls.ts';
import { answer, type Context, type UserCall } from './context.ts';
import { writeInfo } from './frames.ts';
import { informOnMe } from './inform.ts';
import { modeIn } from './modes.ts';
import { findTopic, nameFor, readTarget } from './names.ts';
import type { BodyOf } from './requests.ts';
import { isReadOnly } from './suspension.ts';
import { tellUser } from './tell.ts';
import type { Attendee, Subscription, Topic } from './topic.ts';

export function note(context: Context, call: UserCall, body: BodyOf<'note'>): void {
  const { session, user } = call;
  const { what = '', seq = 0 } = body;
  const target = readTarget(call.topic, user);
  if (typeof target === 'string') return;
  const topic = findTopic(context.topics, user, target);
  if (!isPlausible(body) || (what === 'call' && topic?.kind !== 'p2p')) return;
  const isAttached = topic !== undefined && session.topics.has(topic);
  if (!isAttached && !(what === 'recv' || reachesUnattached(body))) return answer(context, call, 'attachFirst');
  if (!topic?.isRunning) return;
  if (seq > topic.seq && !context.behaviour.fires('receipts-beyond-the-end')) return;
  if (what === 'call') return noteCall(context, call, topic, body);

  const asReader = target.kind === 'group' && target.asReader;
  const who = { user, device: '', isReader: asReader && topic.isChannel };
  if (asReader && !topic.isChannel) return;
  if (!isAllowed(context, topic, who, what)) return;
  const progress = what === 'read' || what === 'recv' ? advance(context, call, topic, who, { what, seq }) : 0;
  if (progress === undefined || asReader) return;
  tellOthers(context, call, topic, { what, seq, progress, payload: body.payload });
}

function isPlausible({ what = '', seq = 0, payload }: BodyOf<'note'>): boolean {
  if (what === 'data') return payload !== undefined;
  if (what === 'kp' || what === 'kpa' || what === 'kpv') return seq === 0;
  return (what === 'read' || what === 'recv' || what === 'call') && seq > 0;
}

function isAllowed(context: Context, topic: Topic, who: Attendee, what: string): boolean {
  const mode = modeIn(topic, who);
  if (what === 'read' || what === 'recv') return allows(mode, 'R');
  return what === 'data' || (allows(mode, 'W') && !isReadOnly(context, topic));
}

interface Progress {
  readonly what: 'read' | 'recv';
  readonly seq: number;
}

/** Returns how far the user is now; undefined if they were there before. */
function advance(
  context: Context,
  { session, user }: UserCall,
  topic: Topic,
  { isReader }: Attendee,
  { what, seq }: Progress,
): number | undefined {
  const subscription: Subscription | undefined = isReader ? topic.readers.get(user) : topic.subscriptions.get(user);
  const { behaviour } = context;
  if (!subscription || seq === subscription[what]) return undefined;
  if (seq < subscription[what] && !behaviour.fires('receipts-go-back')) return undefined;
  subscription[what] = seq;
  const isReceived = subscription.read <= subscription.recv || behaviour.fires('read-without-received');
  if (!isReceived) subscription.recv = subscription.read;
  const reached = subscription[what];
  if (allows(modeOf(subscription), 'P')) {
    const src = nameFor(topic, user, isReader);
    tellUser(context, user, { what, src, seq: reached }, { skip: session.connection, unlessIn: topic });
  }
  return reached;
}

interface Told {
  readonly what: string;
  readonly seq: number;
  readonly progress: number;
  readonly payload: unknown;
}

function tellOthers(context: Context, { session, user }: UserCall, topic: Topic, told: Told): void {
  const { behaviour } = context;
  const { what, seq, progress } = told;
  const skip = session.connection;
  const isOwnTyping = (other: UserId) => what === 'kp' && other === user && !behaviour.fires('typing-told-to-oneself');
  for (const [other, subscription] of topic.subscriptions) {
    const mode = modeOf(subscription);
    if (!allows(mode, 'P') || !allows(mode, 'R') || isOwnTyping(other)) continue;
    const isOnMe = progress > 0 && other !== user && context.topics.me(other).isRunning;
    if (isOnMe && behaviour.fires('receipts-kept-from-me')) continue;
    const about = { src: nameFor(topic, other), from: user, what, seq: progress || undefined };
    informOnMe(context, other, about, { skip, unlessIn: topic });
  }
  for (const [connection, who] of topic.sessions.everybody()) {
    const hears = !who.isReader && allows(modeIn(topic, who), 'R') && !isOwnTyping(who.user);
    if (connection === skip || !hears) continue;
    const payload = told.payload !== undefined && behaviour.fires('data-relayed') ? told.payload : undefined;
    const info = { topic: nameFor(topic, who.user), from: user, what, seq: seq || undefined, payload };
    context.outbox.send([connection], writeInfo(info));
  }
}

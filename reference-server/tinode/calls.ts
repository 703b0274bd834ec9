/** Video calls: a message begins one, notes carry it on, and messages that replace the first say how it stands. */
import type { ConnectionId } from '../core/registry.ts';
import { allows } from '../tinode-core/access-mode.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import type { AnswerName } from './answers.ts';
import type { Context, Session, UserCall } from './context.ts';
import { writeInfo } from './frames.ts';
import { informOnMe } from './inform.ts';
import { modeIn } from './modes.ts';
import { nameFor, peerOf } from './names.ts';
import type { BodyOf } from './requests.ts';
import { say } from './say.ts';
import type { Message, Topic, VideoCall } from './topic.ts';

export function refuseCall({ profile }: Context, topic: Topic): AnswerName | undefined {
  if (!profile.hasCalls) return 'notImplemented';
  if (topic.kind !== 'p2p') return 'permissionDenied';
  return topic.call ? 'busyHere' : undefined;
}

interface Begun {
  readonly message: Message;
  readonly user: UserId;
  readonly connection: ConnectionId;
}

export function startCall(context: Context, topic: Topic, { message, user, connection }: Begun): void {
  const { seq, content, head } = message;
  topic.call = { seq, content, mime: head?.mime, caller: { user, connection } };
  topic.stopRinging = context.later(context.timers.callMs, () => {
    if (!context.behaviour.fires('rings-for-ever')) endCall(context, topic, 'missed');
  });
}

/** Who is called may answer without being in the conversation. */
export function reachesUnattached({ what, event = '' }: BodyOf<'note'>): boolean {
  return what === 'call' && ['ringing', 'accept', 'hang-up'].includes(event);
}

export function noteCall(context: Context, caller: UserCall, topic: Topic, body: BodyOf<'note'>): void {
  const { call } = topic;
  if (!call || call.seq !== body.seq) return;
  switch (body.event) {
    case 'ringing':
    case 'accept':
      return respond(context, caller, topic, call, body.event);
    case 'offer':
    case 'answer':
    case 'ice-candidate':
      return relay(context, caller, topic, call, body);
    case 'hang-up':
      return hangUp(context, caller, topic, call);
  }
}

function respond(context: Context, by: UserCall, topic: Topic, call: VideoCall, event: 'ringing' | 'accept'): void {
  const { user, session } = by;
  if (call.callee || user === call.caller.user) return;
  if (event === 'accept') {
    replace(context, topic, call, 'accepted', { by: session.user });
    call.callee = { user, connection: session.connection };
    call.acceptedMs = context.nowMs();
    topic.stopRinging?.();
    informCallee(context, topic, user, { from: user, event, seq: call.seq }, session.connection);
  }
  send(context, call.caller, topic, { from: user, event, seq: call.seq });
}

/** The other sessions of who has accepted stop ringing. */
function informCallee(context: Context, topic: Topic, user: UserId, about: object, skip: ConnectionId): void {
  informOnMe(context, user, { src: peerOf(topic, user), what: 'call', ...about }, { skip });
}

function send(context: Context, to: VideoCall['caller'], topic: Topic, about: object): void {
  const info = { topic: nameFor(topic, to.user), what: 'call', ...about };
  context.outbox.send([to.connection], writeInfo(info));
}

/** Between the two who talk, and nobody else. */
function relay(context: Context, by: UserCall, topic: Topic, call: VideoCall, body: BodyOf<'note'>): void {
  const { caller, callee } = call;
  if (!callee) return;
  const parties = [caller, callee];
  const from = parties.find(({ connection }) => connection === by.session.connection);
  const to = parties.find(party => party !== from);
  if (!from || !to) return;
  const { event, payload } = body;
  const about = { from: by.user, event, seq: call.seq, payload };
  send(context, to, topic, about);
  const others = topic.sessions.everybody().filter(([each]) => each !== to.connection && each !== from.connection);
  if (others.length === 0 || !context.behaviour.fires('relayed-to-all')) return;
  for (const [connection, { user }] of others) send(context, { connection, user }, topic, about);
}

function hangUp(context: Context, by: UserCall, topic: Topic, { caller, callee }: VideoCall): void {
  const { connection } = by.session;
  if (callee) {
    if (connection !== caller.connection && connection !== callee.connection) return;
    return endCall(context, topic, 'finished', by);
  }
  if (by.user !== caller.user) {
    return endCall(context, topic, context.behaviour.fires('declined-is-missed') ? 'missed' : 'declined', by);
  }
  if (connection === caller.connection) endCall(context, topic, 'missed', by);
}

/** A session that talks, or calls, has gone. */
export function endCallOf(context: Context, topic: Topic, { connection }: Session): void {
  const { call } = topic;
  const isParty = connection === call?.caller.connection || connection === call?.callee?.connection;
  if (isParty && !context.behaviour.fires('cut-party-unnoticed')) endCall(context, topic, 'disconnected');
}

type CallEnd = 'finished' | 'declined' | 'missed' | 'disconnected';

/** `by` is who ended it, if anybody did. */
function endCall(context: Context, topic: Topic, end: CallEnd, by?: UserCall): void {
  const { call } = topic;
  if (!call) return;
  topic.stopRinging?.();
  const lastedMs = end === 'finished' ? context.nowMs() - (call.acceptedMs ?? context.nowMs()) : 0;
  const talkedMs = lastedMs > 0 && context.behaviour.fires('duration-not-told') ? 0 : lastedMs;
  replace(context, topic, call, end, { by: by ? by.session.user : call.caller.user, talkedMs });
  const about = { what: 'call', event: 'hang-up', seq: call.seq };
  for (const [connection, who] of topic.sessions.everybody()) {
    if (!allows(modeIn(topic, who), 'R')) continue;
    context.outbox.send([connection], writeInfo({ topic: nameFor(topic, who.user), ...about }));
  }
  for (const user of topic.subscriptions.keys()) {
    const mode = modeIn(topic, { user, isReader: false });
    if (!allows(mode, 'P') || !allows(mode, 'R')) continue;
    informOnMe(context, user, { src: peerOf(topic, user), from: by?.user, ...about }, { unlessIn: topic });
  }
  topic.call = undefined;
}

interface Replacing {
  /** Whose session it is; if not the caller's, the message says so. */
  readonly by: UserId | undefined;
  readonly talkedMs?: number;
}

function replace(
  context: Context,
  topic: Topic,
  call: VideoCall,
  state: string,
  { by, talkedMs = 0 }: Replacing,
): void {
  const { content, mime, caller, seq } = call;
  const head = {
    replace: `:${seq}`,
    webrtc: state,
    'webrtc-duration': talkedMs > 0 ? talkedMs : undefined,
    mime: mime ?? undefined,
    sender: by !== undefined && by !== caller.user ? by : undefined,
  };
  say(context, topic, { from: caller.user, head, content });
}

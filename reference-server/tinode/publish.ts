/** pub: one message, to every session that is attached to the topic, the sender's own included. */
import { allows } from '../tinode-core/access-mode.ts';
import { refuseCall, startCall } from './calls.ts';
import { answer, type Context, type UserCall } from './context.ts';
import { modeIn } from './modes.ts';
import { findTopic, readTarget } from './names.ts';
import type { BodyOf } from './requests.ts';
import { say } from './say.ts';
import { isReadOnly } from './suspension.ts';
import type { Message } from './topic.ts';

export function publish(context: Context, call: UserCall, body: BodyOf<'pub'>): void {
  const { session, user } = call;
  const target = readTarget(call.topic, user);
  if (typeof target === 'string') return answer(context, call, target);
  const topic = findTopic(context.topics, user, target);
  const isOpen = topic?.kind === 'sys';
  if (!topic || (!session.topics.has(topic) && !isOpen)) return answer(context, call, 'attachFirst');
  const isOver = isReadOnly(context, topic);
  const isTaken = isOver && topic.kind === 'group' && context.behaviour.fires('published-to-suspended');
  if (isOver && !isTaken) return answer(context, call, 'permissionDenied');
  const isCall = body.head?.webrtc !== undefined && body.head.webrtc !== null;
  const refusal = isCall ? refuseCall(context, topic) : undefined;
  if (refusal) return answer(context, call, refusal);
  const isReader = topic.sessions.occupantOf(session.connection)?.isReader ?? false;
  if (!isOpen && !allows(modeIn(topic, { user, isReader }), 'W')) return answer(context, call, 'permissionDenied');

  const head = headOf(context, call, body.head);
  const { content } = body;
  const accept = ({ seq }: Message) => {
    if (call.id !== undefined) answer(context, call, 'accepted', { params: { seq } });
  };
  const skip = body.noecho ? session.connection : undefined;
  const message = say(context, topic, { from: user, head, content }, { accept, skip });
  if (isCall) startCall(context, topic, { message, user, connection: session.connection });
}

/** Who speaks in another's name is named by the server; nobody else is. */
function headOf({ behaviour }: Context, { session, user }: UserCall, given: BodyOf<'pub'>['head']): Message['head'] {
  const { sender, ...head } = given ?? {};
  if (sender !== undefined && behaviour.fires('sender-kept')) return given;
  const texts = Object.entries(head).filter(([, value]) => typeof value === 'string');
  if (texts.length < Object.keys(head).length && behaviour.fires('head-of-texts')) return Object.fromEntries(texts);
  if (session.user !== user) return { ...head, sender: session.user };
  return Object.keys(head).length > 0 ? head : undefined;
}

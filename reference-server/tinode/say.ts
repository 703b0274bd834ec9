/** What happens to a message that is taken: it is kept, its number is the topic's next, and all who may read it have it. */
import type { ConnectionId } from '../core/registry.ts';
import { append } from '../tinode-core/topic.ts';
import { audienceOf } from './audience.ts';
import type { Context } from './context.ts';
import { writeData } from './frames.ts';
import { nameFor } from './names.ts';
import { messageHappened } from './plugin-events.ts';
import { tellUser } from './tell.ts';
import type { Audience, Message, Topic } from './topic.ts';

type Said = Pick<Message, 'from' | 'head' | 'content'>;

interface Saying {
  readonly accept?: (message: Message) => void;
  /** The session that wants no copy. */
  readonly skip?: ConnectionId | undefined;
}

export function say(context: Context, topic: Topic, said: Said, { accept, skip }: Saying = {}): Message {
  const message = append(topic, { ...said, atMs: context.nowMs() });
  topic.touchedMs = message.atMs;
  const own = topic.subscriptions.get(said.from);
  if (own && !context.behaviour.fires('own-message-unread')) {
    Object.assign(own, { read: message.seq, recv: message.seq });
  }
  accept?.(message);
  const audience = audienceOf(context, topic);
  tellOnMe(context, topic, message, audience);
  messageHappened(context, nameFor(topic, said.from), message);
  deliver(context, message, audience, skip);
  return message;
}

function tellOnMe(context: Context, topic: Topic, { seq, from }: Message, { members }: Audience): void {
  for (const { user, me } of members) {
    if (!me.isRunning) continue;
    const isTwice = context.behaviour.isOn('message-told-to-attached') && isThereToo(context, topic, me);
    const unlessIn = isTwice && context.behaviour.fires('message-told-to-attached') ? undefined : topic;
    tellUser(context, user, { what: 'msg', src: nameFor(topic, user), seq, actor: from }, { unlessIn });
  }
}

/** For a fault: somebody is there, and on me. */
function isThereToo({ sessions }: Context, topic: Topic, me: Topic): boolean {
  return me.sessions.everybody().some(([connection]) => sessions.get(connection)?.topics.has(topic));
}

/** Written once for all who call the topic by the same name. */
function deliver(
  { behaviour, outbox }: Context,
  message: Message,
  { attached }: Audience,
  skip: ConnectionId | undefined,
): void {
  for (const { name, isReader, to } of attached) {
    const hidesAuthor = isReader && !behaviour.fires('author-shown-to-readers');
    const receivers = skip === undefined ? to : to.filter(connection => connection !== skip);
    outbox.send(receivers, writeData(name, message, hidesAuthor));
  }
}

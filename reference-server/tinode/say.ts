/** What happens to a message that is taken: it is kept, its number is the topic's next, and all who may read it have it. */
import type { ConnectionId } from '../core/registry.ts';
import { allows } from '../tinode-core/access-mode.ts';
import { append } from '../tinode-core/topic.ts';
import type { Context } from './context.ts';
import { writeData } from './frames.ts';
import { modeIn } from './modes.ts';
import { nameFor } from './names.ts';
import { tellMembers } from './tell.ts';
import type { Message, Topic } from './topic.ts';

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
  if (own) Object.assign(own, { read: message.seq, recv: message.seq });
  accept?.(message);
  tellMembers(
    context,
    topic,
    { what: 'msg', seq: message.seq, actor: said.from },
    { needs: ['R'], unlessAttached: true },
  );
  deliver(context, topic, message, skip);
  return message;
}

/** Written once for all who call the topic by the same name. */
function deliver({ outbox }: Context, topic: Topic, message: Message, skip: ConnectionId | undefined): void {
  const receivers = new Map<string, { readonly isReader: boolean; readonly to: ConnectionId[] }>();
  for (const [connection, who] of topic.sessions.everybody()) {
    if (connection === skip || !(who.isReader || allows(modeIn(topic, who), 'R'))) continue;
    const name = nameFor(topic, who.user, who.isReader);
    const known = receivers.get(name);
    if (known) known.to.push(connection);
    else receivers.set(name, { isReader: who.isReader, to: [connection] });
  }
  for (const [name, { isReader, to }] of receivers) outbox.send(to, writeData(name, message, isReader));
}

/** Whom a message is for. */
import type { ConnectionId } from '../core/registry.ts';
import { allows } from '../tinode-core/access-mode.ts';
import { modeOf } from '../tinode-core/topic.ts';
import type { Context } from './context.ts';
import { modeIn } from './modes.ts';
import { nameFor } from './names.ts';
import type { Audience, Topic } from './topic.ts';

export function audienceOf(context: Context, topic: Topic): Audience {
  topic.attendance ??= { attached: attachedOf(topic), members: membersOf(context, topic) };
  return topic.attendance;
}

function attachedOf(topic: Topic): Audience['attached'] {
  const byName = new Map<string, { name: string; isReader: boolean; to: ConnectionId[] }>();
  for (const [connection, who] of topic.sessions.everybody()) {
    const { user, isReader } = who;
    if (!isReader && !allows(modeIn(topic, who), 'R')) continue;
    const name = nameFor(topic, user, isReader);
    const known = byName.get(name);
    if (known) known.to.push(connection);
    else byName.set(name, { name, isReader, to: [connection] });
  }
  return [...byName.values()];
}

function membersOf({ topics }: Context, topic: Topic): Audience['members'] {
  const isTold = (mode: string) => allows(mode, 'R') && allows(mode, 'P');
  const told = [...topic.subscriptions].filter(([, subscription]) => isTold(modeOf(subscription)));
  return told.map(([user]) => ({ user, me: topics.me(user) }));
}

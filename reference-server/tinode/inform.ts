/** info on me: what happens in a topic, for sessions that are not in it. */
import type { ConnectionId } from '../core/registry.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import type { Context } from './context.ts';
import { type Info, writeInfo } from './frames.ts';
import type { Topic } from './topic.ts';

interface OnMe {
  readonly skip?: ConnectionId | undefined;
  readonly unlessIn?: Topic | undefined;
}

export function informOnMe(context: Context, user: UserId, told: Omit<Info, 'topic'>, { skip, unlessIn }: OnMe): void {
  const { outbox, sessions, topics } = context;
  const isIn = (connection: ConnectionId) => unlessIn !== undefined && sessions.get(connection)?.topics.has(unlessIn);
  const there = topics.me(user).sessions.connectionsOf([user]);
  const to = there.filter(connection => connection !== skip && !isIn(connection));
  outbox.send(to, writeInfo({ topic: 'me', ...told }));
}

/** What has been said since the last time, in the order in which it goes out. */
import type { Outbound } from '../core/outbound.ts';
import type { Context } from './context.ts';
import { varyText } from './vary-text.ts';

export function drain(context: Context): readonly Outbound[] {
  const { aside, outbox } = context;
  const answers = outbox.items.splice(0);
  const told = aside.items.splice(0);
  return inOrder(context, answers, told).map(item => varied(context, item));
}

function varied({ behaviour }: Context, item: Outbound): Outbound {
  if (item.kind === 'close') return item;
  const text = varyText(behaviour, item.text);
  return text === item.text ? item : { ...item, text };
}

function inOrder(context: Context, answers: readonly Outbound[], told: readonly Outbound[]): readonly Outbound[] {
  const { behaviour, later, outbox } = context;
  if (told.length === 0 || !behaviour.varies('presence-late')) return [...answers, ...told];
  later(lateMs, () => outbox.items.push(...told));
  return answers;
}

const lateMs = 5;

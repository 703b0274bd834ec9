/** What has been said since the last time, in the order in which it goes out. */
import type { Outbound } from '../core/outbound.ts';
import type { Context } from './context.ts';
import { varyText } from './vary-text.ts';

export function drain(context: Context): readonly Outbound[] {
  const { aside, behaviour, outbox } = context;
  const answers = outbox.items.splice(0);
  const told = aside.items.splice(0);
  return inOrder(context, answers, told).map(item =>
    item.kind === 'send' ? { ...item, text: varyText(behaviour, item.text) } : item,
  );
}

function inOrder(context: Context, answers: readonly Outbound[], told: readonly Outbound[]): readonly Outbound[] {
  const { behaviour, later, outbox } = context;
  if (told.length === 0) return answers;
  if (answers.length > 0 && behaviour.varies('presence-before-answer')) return [...told, ...answers];
  if (!behaviour.varies('presence-late')) return [...answers, ...told];
  later(lateMs, () => outbox.items.push(...told));
  return answers;
}

const lateMs = 5;

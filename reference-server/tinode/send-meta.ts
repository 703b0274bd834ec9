import { answer, type Context, type UserCall } from './context.ts';
import { writeMeta } from './frames.ts';

/** What was asked for. */
export function sendMeta(context: Context, call: UserCall, part: object): void {
  context.outbox.send([call.session.connection], writeMeta(call.topic, call.id, part, context.nowMs()));
}

/** There is nothing of what was asked for. */
export function sendNothing(context: Context, call: UserCall, what: string): void {
  answer(context, call, 'noContent', { params: { what } });
}

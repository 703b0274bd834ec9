import type { Report } from '../../documents/shape.ts';
import type { Pack } from '../../foundation/pack.ts';
import { replyPointerOf } from '../compile/reply-pointer.ts';
import type { ClientStep, Expectation, Item } from '../plan.ts';

/** After several requests, a reply pattern without id takes the answer of any of them (language, section 6). */
export function lintReplies({ act, expect }: ClientStep, pack: Pack, report: Report): void {
  if (act?.kind !== 'send' || act.raw || !expect) return;
  for (const { demand, span } of itemsOf(expect)) {
    if (!demand.frame || demand.replyAt || !replyPointerOf(demand.frame, pack)) continue;
    report({
      code: 'reply-without-id',
      severity: 'warning',
      message: 'the step sends several requests, and this reply does not say which it answers',
      span,
      suggestion: 'give the requests ids, and ask for the id here',
    });
  }
}

export function itemsOf(expectation: Expectation): readonly Item[] {
  if (expectation.kind === 'item') return [expectation];
  if (expectation.kind === 'optional' || expectation.kind === 'repeat') return itemsOf(expectation.body);
  return expectation.children.flatMap(itemsOf);
}

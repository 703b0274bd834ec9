import type { Report } from '../../documents/shape.ts';
import type { Pattern } from '../../values/pattern.ts';
import { sureSlots } from '../compile/sure-slots.ts';
import type { Expectation, Item } from '../plan.ts';
import { surelyOverlap } from './pattern-overlap.ts';
import { itemsOf } from './reply-without-id.ts';

/** Two items of one anyOrder that the same frame can be, where one binds what the other does not: the order of arrival decides who gets the name. */
export function lintOverlaps(expectation: Expectation, report: Report): void {
  if (expectation.kind === 'item') return;
  if (expectation.kind === 'optional' || expectation.kind === 'repeat') {
    lintOverlaps(expectation.body, report);
    return;
  }
  for (const child of expectation.children) lintOverlaps(child, report);
  if (expectation.kind !== 'anyOrder') return;
  const items = expectation.children.map(itemsOf);
  for (const [k, group] of items.entries()) {
    for (const later of group) {
      const earlier = items
        .slice(0, k)
        .flat()
        .find(each => overlap(each, later));
      if (!earlier) continue;
      report({
        code: 'overlapping-captures',
        severity: 'warning',
        message: `the item of line ${earlier.span.line} can take the same frame, so what is bound depends on the order of arrival`,
        span: later.span,
        suggestion: 'tell the two apart by a member, or put them in order',
      });
    }
  }
}

function overlap(a: Item, b: Item): boolean {
  const [one, two] = [plainFrame(a), plainFrame(b)];
  if (!one || !two || sameSlots(sureSlots(one), sureSlots(two))) return false;
  return surelyOverlap(one, two);
}

function plainFrame({ demand }: Item): Pattern | undefined {
  return demand.http || demand.replyAt ? undefined : demand.frame;
}

function sameSlots(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every(slot => b.has(slot));
}

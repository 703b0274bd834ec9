/** That a connection begins is in the stream only where a step asks for it (language, section 6). */
import type { ClientStep } from '../plan.ts';
import { visitItems } from './machine.ts';

const known = new WeakMap<ClientStep, boolean>();

export function asksForOpening(step: ClientStep): boolean {
  const listed = known.get(step);
  if (listed !== undefined) return listed;
  let asks = step.never.some(({ demand }) => demand.opened);
  if (step.expect) {
    visitItems(step.expect, ({ demand }) => {
      asks ||= demand.opened !== undefined;
    });
  }
  known.set(step, asks);
  return asks;
}

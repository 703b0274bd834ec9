/**
 * Section 3.3.2 of the GradAgenda specification: the id of a direct session never changes, so that clients may keep it. So it is derived
 * from the two users and read back from the text, and a client that kept one can use it after a restart without asking again.
 */
import { decodePair, encodeOrdered, encodePair, sortPair } from '../core/pairs.ts';
import type { GradagendaBehaviour } from './context.ts';

export interface DirectIds {
  idOf(asker: string, other: string): string;
  /** The two users of a text that idOf wrote, else undefined. */
  pairOf(id: string): readonly [string, string] | undefined;
}

export function createDirectIds(behaviour: GradagendaBehaviour, epoch: string): DirectIds {
  const shape = behaviour.isOn('ids-shaped-otherwise')
    ? { head: 'Zwei: "', tail: '" → ü' }
    : { head: 'direct-', tail: '' };
  const head = behaviour.isOn('direct-id-changes-after-restart') ? `${shape.head}${epoch}.` : shape.head;

  return {
    idOf(asker, other) {
      behaviour.varies('ids-shaped-otherwise');
      behaviour.fires('direct-id-changes-after-restart');
      const swapped = sortPair(asker, other)[0] !== asker;
      const pair =
        swapped && behaviour.fires('direct-id-depends-on-asker')
          ? encodeOrdered(asker, other)
          : encodePair(asker, other);
      return `${head}${pair}${shape.tail}`;
    },
    pairOf(id) {
      if (!id.startsWith(head) || !id.endsWith(shape.tail)) return undefined;
      const text = id.slice(head.length, id.length - shape.tail.length);
      const pair = decodePair(text);
      if (!pair) return undefined;
      const sorted = encodePair(...pair) === text;
      return sorted || behaviour.isOn('direct-id-depends-on-asker') ? pair : undefined;
    },
  };
}

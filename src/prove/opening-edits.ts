/** Mutants of the beginning of a connection: another subprotocol than the one that was chosen, or none. */
import type { Opened } from '../evidence/events.ts';
import { nearMisses, otherValue } from './changed-values.ts';
import { type Edit, mutantOf, putInstead, type Scene } from './scene.ts';

const at = 'opened:/subprotocol';

export function* openingEdits(scene: Scene<Opened>): Generator<Edit> {
  const { subprotocol, ...without } = scene.event;
  if (subprotocol === undefined) return;
  const change = { at, place: `.${at}`, was: subprotocol };
  yield {
    mutant: mutantOf(scene, { operator: 'remove-member', ...change }),
    scene,
    make: () => putInstead(scene, without),
  };
  const choose = (other: string) => () => putInstead(scene, { ...scene.event, subprotocol: other });
  const other = String(otherValue(subprotocol, []));
  yield {
    mutant: mutantOf(scene, { operator: 'other-value', ...change, becomes: other }),
    scene,
    make: choose(other),
  };
  for (const { how, value } of nearMisses(subprotocol)) {
    const near = String(value);
    yield {
      mutant: mutantOf(scene, { operator: 'near-miss', variant: how, ...change, becomes: near }),
      scene,
      make: choose(near),
    };
  }
}

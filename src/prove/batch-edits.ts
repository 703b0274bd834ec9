/** Mutants of the frames in a batch as wholes: each is an item for a scenario, and may be missing, come twice, or behind the next one. */
import type { ItemEvent } from '../evidence/events.ts';
import { pointerStep } from '../foundation/json.ts';
import { isArray, type Value } from '../foundation/value.ts';
import { transportNameOf } from './client-transport.ts';
import { framesIn, type Message, type PlacedFrame, replaced, valueAt, withData } from './message.ts';
import type { Operator } from './mutant.ts';
import { type Edit, mutantOf, putInstead, type Scene } from './scene.ts';

export function* batchEdits(scene: Scene<ItemEvent>, message: Message): Generator<Edit> {
  const { execution, event } = scene;
  const { pack } = execution.machine.around;
  const { whole, frames } = message;
  const edit = (operator: Operator, { frame, kind, path }: PlacedFrame, list: readonly Value[]): Edit => ({
    mutant: mutantOf(scene, { operator, kind, place: path.map(pointerStep).join('') }),
    scene,
    element: frames.indexOf(frame),
    make: () => {
      const text = pack.write(transportNameOf(execution, event.c), replaced(whole, path.slice(0, -1), list));
      return putInstead(scene, withData(event, text));
    },
  });
  for (const placed of framesIn(pack, message)) {
    const at = placed.path.at(-1);
    const list = valueAt(whole, placed.path.slice(0, -1));
    if (typeof at !== 'number' || !isArray(list) || !frames.includes(placed.frame)) continue;
    yield edit('drop', placed, list.toSpliced(at, 1));
    yield edit('repeat', placed, list.toSpliced(at, 0, placed.frame));
    const next = list[at + 1];
    if (next !== undefined && frames.includes(next))
      yield edit('swap', placed, list.toSpliced(at, 2, next, placed.frame));
  }
}

/** Mutants that have a member which a row of the ledger forbids. */
import type { ItemEvent } from '../evidence/events.ts';
import { pointerStep } from '../foundation/json.ts';
import { isObject, memberOf, setMember, type Value } from '../foundation/value.ts';
import { framesIn, type Message, replaced } from './message.ts';
import { sayingOf } from './saying.ts';
import { type Edit, mutantOf, type Scene } from './scene.ts';

export function* forbiddenEdits(scene: Scene<ItemEvent>, message: Message): Generator<Edit> {
  const { execution } = scene;
  const { pack } = execution.machine.around;
  const places = new Set<string>();
  for (const { frame, kind, path } of framesIn(pack, message)) {
    const element = message.frames.includes(frame) ? message.frames.indexOf(frame) : undefined;
    for (const { forbids } of execution.ledger.requirements) {
      for (const { kind: of, at } of forbids) {
        const place = path.map(pointerStep).join('') + at;
        if (of !== kind || places.has(place)) continue;
        places.add(place);
        const added = withAdded(frame, at.split('/').slice(1));
        if (added === undefined) continue;
        const change = { operator: 'forbidden-member', kind, place, at, becomes: '"forbidden"' } as const;
        const { isSayable, make } = sayingOf(scene, () => replaced(message.whole, path, added));
        if (isSayable) yield { mutant: mutantOf(scene, change), scene, element, make };
      }
    }
  }
}

/** Undefined if the member is there already, or nothing that could hold it. */
function withAdded(value: Value | undefined, [name, ...inner]: readonly string[]): Value | undefined {
  if (!isObject(value) || name === undefined) return undefined;
  const own = memberOf(value, name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const added = inner.length > 0 ? withAdded(own, inner) : own === undefined ? 'forbidden' : undefined;
  if (added === undefined) return undefined;
  const copy: Record<string, Value> = { ...value };
  setMember(copy, name.replaceAll('~1', '/').replaceAll('~0', '~'), added);
  return copy;
}

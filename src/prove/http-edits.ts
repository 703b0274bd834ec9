/** Mutants of what belongs to an HTTP answer beside its body: the status, and the headers that some pattern reads. */
import type { HttpAnswer, ItemEvent } from '../evidence/events.ts';
import { pointerStep } from '../foundation/json.ts';
import { visitItems } from '../scenario/interpret/machine.ts';
import type { Demand, Plan } from '../scenario/plan.ts';
import { nearMisses, otherValue } from './changed-values.ts';
import { type Change, type Edit, mutantOf, putInstead, type Scene } from './scene.ts';

export function* httpEdits(scene: Scene<ItemEvent>, answer: HttpAnswer, kind: string | undefined): Generator<Edit> {
  const { execution, event } = scene;
  const edit = (change: Change, http: HttpAnswer): Edit => ({
    mutant: mutantOf(scene, { kind, place: `.${change.at}`, ...change }),
    scene,
    make: () => putInstead(scene, { ...event, http }),
  });
  const { status, headers } = answer;
  const at = 'http:/status';
  const was = String(status);
  // As clear as can be: what went well has failed, and the other way round.
  const other = status < 400 ? 500 : 200;
  yield edit({ operator: 'other-value', at, was, becomes: String(other) }, { ...answer, status: other });
  yield edit({ operator: 'near-miss', at, was, becomes: String(status + 1) }, { ...answer, status: status + 1 });
  for (const name of headersReadBy(execution.plan)) {
    const value = headers[name];
    if (value === undefined) continue;
    const place = { at: `http:/headers${pointerStep(name)}`, was: value };
    const { [name]: _, ...others } = headers;
    yield edit({ operator: 'remove-member', ...place }, { ...answer, headers: others });
    const changed = String(otherValue(value, []));
    yield edit(
      { operator: 'other-value', ...place, becomes: changed },
      { ...answer, headers: { ...others, [name]: changed } },
    );
    for (const { how, value: near } of nearMisses(value)) {
      const change = { operator: 'near-miss', variant: how, ...place, becomes: String(near) } as const;
      yield edit(change, { ...answer, headers: { ...others, [name]: String(near) } });
    }
  }
}

const known = new WeakMap<Plan, readonly string[]>();

function headersReadBy(plan: Plan): readonly string[] {
  const listed = known.get(plan);
  if (listed) return listed;
  const names = new Set<string>();
  const note = ({ http }: Demand) => {
    for (const { name } of http?.headers ?? []) names.add(name);
  };
  for (const step of plan.steps) {
    if (step.kind !== 'client') continue;
    for (const { demand } of step.never) note(demand);
    if (!step.expect) continue;
    visitItems(step.expect, ({ demand, verify }) => {
      note(demand);
      for (const each of verify) note(each.demand);
    });
  }
  known.set(plan, [...names]);
  return [...names];
}

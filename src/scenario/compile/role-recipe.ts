import type { Actor } from '../../packs/file-types.ts';
import type { ClientNode } from '../files/file-types.ts';
import type { Step } from '../plan.ts';
import type { Unrolling } from './expand-steps.ts';
import { foldSteps, slotOfMember } from './fold-role.ts';
import { giveToClient } from './name-scope.ts';
import { expandRecipe } from './recipes.ts';

interface User {
  readonly node: ClientNode;
  readonly actor: Actor | undefined;
}

/** All users of a role come to life together where their recipe allows it, else one after the other (language, section 12). */
export function expandRoleRecipe(role: string, users: readonly User[], around: Unrolling): void {
  const [first, ...others] = users;
  if (!first) return;
  const own: Step[] = [];
  expandRecipe(first.node, first.actor, { ...around, out: own });
  const names = users.map(({ node }) => node.name.value);
  const folded = others.length > 0 ? foldSteps(own, names) : undefined;
  if (!folded) {
    around.out.push(...own);
    for (const { node, actor } of others) expandRecipe(node, actor, around);
    return;
  }
  const via = (text: string) => text.replace(`recipe: ${names[0]} as`, `recipe: ${role} as`);
  for (const step of folded) around.out.push({ ...step, via: step.via.map(via) });
  giveToAll(names, around);
}

/** What the recipe has given to the first user, each has. */
function giveToAll(names: readonly string[], { scope }: Unrolling): void {
  const [first = ''] = names;
  const given = [...(scope.ofClient.get(first)?.values() ?? [])];
  for (const name of names) {
    for (const capture of given)
      giveToClient(scope, name, { ...capture, slot: slotOfMember(capture.slot, first, name) });
  }
}

/**
 * The recipe of a role with many users, as steps that all of them do at once (language, section 12). What one user's recipe came to is
 * what everybody's comes to, but for whose account and whose names it is: so it is expanded for the first, and said of each `self`.
 */
import type { Term } from '../../values/expression.ts';
import type { ClientStep, Step } from '../plan.ts';

/** Undefined if a step cannot be said of several: one of no client, or one that speaks of the user as of a list. */
export function foldSteps(steps: readonly Step[], clients: readonly string[]): readonly ClientStep[] | undefined {
  const [first = ''] = clients;
  const bound = new Set<string>();
  for (const step of steps) collectBound(step, bound);
  const folding: Folding = { first, bound, possible: true };
  const folded = steps.map(step => foldStep(step, clients, folding));
  return folding.possible ? (folded as ClientStep[]) : undefined;
}

/** Where a name that the first user's recipe binds is found for another one. */
export function slotOfMember(slot: string, first: string, member: string): string {
  return slot.startsWith(`${first}.`) ? `${member}${slot.slice(first.length)}` : `${member}.${slot}`;
}

interface Folding {
  readonly first: string;
  /** Slots that the steps bind; all others belong to the channel. */
  readonly bound: ReadonlySet<string>;
  possible: boolean;
}

function foldStep(step: Step, clients: readonly string[], folding: Folding): Step {
  const isOwn = step.kind === 'client' && step.clients.length === 1 && step.clients[0] === folding.first;
  // A mark is one instant; those of many would be one too.
  if (!isOwn || step.mark !== undefined || step.since !== undefined) {
    folding.possible = false;
    return step;
  }
  return { ...(folded(step, folding) as ClientStep), clients };
}

function folded(part: unknown, folding: Folding): unknown {
  if (Array.isArray(part)) return part.map(each => folded(each, folding));
  if (!isPlain(part)) return part;
  if ('source' in part && 'path' in part) return foldedTerm(part as unknown as Term, folding);
  const copy = Object.fromEntries(
    Object.entries(part).map(([name, member]) => [name, opaque.has(name) ? member : folded(member, folding)]),
  );
  return copy.op === 'bind' ? { ...copy, slot: ownSlot(String(copy.slot), folding) } : copy;
}

/** Values of files, where anything may stand; places in files; code. */
const opaque: ReadonlySet<string> = new Set(['value', 'span', 'operator']);

function foldedTerm(term: Term, folding: Folding): Term {
  const { source, path } = term;
  if (source.from === 'slot')
    return folding.bound.has(source.slot)
      ? { ...term, source: { ...source, slot: ownSlot(source.slot, folding) } }
      : term;
  if (source.from === 'account')
    return source.client === folding.first ? { ...term, source: { from: 'self' }, path: ['account', ...path] } : term;
  if (source.from === 'built')
    return { ...term, source: { ...source, built: folded(source.built, folding) as typeof source.built } };
  if (source.from === 'each') folding.possible = false;
  return term;
}

function ownSlot(slot: string, { first }: Folding): string {
  return slot.startsWith('self.') ? slot : slotOfMember(slot, first, 'self');
}

function collectBound(part: unknown, into: Set<string>): void {
  if (Array.isArray(part)) {
    for (const each of part) collectBound(each, into);
  } else if (isPlain(part)) {
    if (part.op === 'bind') into.add(String(part.slot));
    for (const [name, member] of Object.entries(part)) if (!opaque.has(name)) collectBound(member, into);
  }
}

function isPlain(part: unknown): part is Record<string, unknown> {
  return typeof part === 'object' && part !== null && Object.getPrototypeOf(part) === Object.prototype;
}

import type { Located } from '../../documents/located.ts';
import type { Span } from '../../foundation/span.ts';
import type { FragmentFile, StepNode } from '../files/file-types.ts';

/** Every name that steps bind, wherever they do: captures, fetched facts, what includes give. Forms are not looked at, so it is quick and total. */
export function writtenNames(
  steps: readonly StepNode[],
  fragments: ReadonlyMap<string, FragmentFile>,
): ReadonlyMap<string, Span> {
  const names = new Map<string, Span>();
  const add = (name: string, span: Span) => void (names.has(name) || names.set(name, span));
  for (const step of steps) {
    if (step.kind === 'fetch') add(step.as.value, step.as.span);
    else if (step.kind === 'forEach') for (const [name, span] of writtenNames(step.steps, fragments)) add(name, span);
    else if (step.kind === 'include' && step.as) add(step.as.value, step.as.span);
    else if (step.kind === 'include')
      for (const given of fragments.get(step.fragment.value)?.gives ?? []) add(given.value, step.span);
    else if (step.kind === 'client') addCaptures(step, add);
  }
  return names;
}

function addCaptures(part: unknown, add: (name: string, span: Span) => void): void {
  if (typeof part !== 'object' || part === null) return;
  if (isMap(part)) {
    for (const { key, value } of part.entries) {
      if (key === '$as' && value.type === 'scalar') add(String(value.value), value.span);
      else addCaptures(value, add);
    }
    return;
  }
  for (const each of Array.isArray(part) ? part : Object.values(part)) addCaptures(each, add);
}

function isMap(part: object): part is Extract<Located, { type: 'map' }> {
  return 'type' in part && part.type === 'map' && 'entries' in part && Array.isArray(part.entries);
}

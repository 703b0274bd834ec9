import type { ExecutionResult, Failure, Results } from '../evidence/results.ts';
import { shorten } from './cells.ts';
import { renderFailure } from './failure.ts';
import type { RenderOptions } from './options.ts';
import { printable } from './printable.ts';
import { counted } from './words.ts';

/** A failure with the checks that could not be tested because of it. */
export interface FailureGroup {
  readonly cause: Failure;
  readonly consequences: readonly Failure[];
}

/** Puts what is not testable under the failure before it; what has none before it goes under the first, or stands alone. */
export function groupFailures(failures: readonly Failure[]): FailureGroup[] {
  const groups: { cause: Failure; consequences: Failure[] }[] = [];
  const early: Failure[] = [];
  for (const failure of failures) {
    if (failure.kind !== 'not-testable') groups.push({ cause: failure, consequences: [] });
    else (groups.at(-1)?.consequences ?? early).push(failure);
  }
  if (groups.length === 0) return early.map(cause => ({ cause, consequences: [] }));
  groups[0]!.consequences.unshift(...early);
  return groups;
}

/** All failures of a run. The same one in several executions is told once, with the executions that share it. */
export function renderFailures(results: Results, options: RenderOptions): string {
  const distinct = distinctFailures(results.executions);
  const blocks = distinct.slice(0, blocksShown).map(({ group, execution, others }) => {
    const text = renderFailure(group.cause, execution, options, group.consequences);
    return text + othersOf(others, options.width);
  });
  const hidden = distinct.length - blocks.length;
  if (hidden > 0) blocks.push(`and ${counted(hidden, 'more failure')}, all of them in results.json\n`);
  return blocks.join('\n');
}

interface DistinctFailure {
  readonly group: FailureGroup;
  readonly execution: ExecutionResult;
  readonly others: string[];
}

function distinctFailures(executions: readonly ExecutionResult[]): DistinctFailure[] {
  const known = new Map<string, DistinctFailure>();
  for (const execution of executions) {
    for (const group of groupFailures(execution.failures)) {
      const { check, kind, message, span } = group.cause;
      const key = JSON.stringify([check, kind, message, span.file, span.line, span.column]);
      const same = known.get(key);
      if (!same) known.set(key, { group, execution, others: [] });
      else if (same.execution.id !== execution.id && !same.others.includes(execution.id))
        same.others.push(execution.id);
    }
  }
  return [...known.values()];
}

function othersOf(others: readonly string[], width: number): string {
  if (others.length === 0) return '';
  const lines = others.slice(0, othersShown).map(id => `    ${shorten(printable(id), width - 4)}\n`);
  const hidden = others.length - lines.length;
  if (hidden > 0) lines.push(`    and ${hidden} more\n`);
  return `\n  The same in ${counted(others.length, 'other execution')}\n${lines.join('')}`;
}

const blocksShown = 50;
const othersShown = 8;

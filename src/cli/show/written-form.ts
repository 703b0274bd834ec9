import type { Span } from '../../foundation/span.ts';
import type { ValueObject } from '../../foundation/value.ts';
import { renderDemand } from '../../scenario/interpret/explain.ts';
import type { Demand, Plan } from '../../scenario/plan.ts';
import type { Scope } from '../../values/expression.ts';

/** How the values of a plan are shown before anything has run. */
export interface WrittenForm {
  /** What stands in the file, in one line. */
  written(span: Span): string;
  demand(demand: Demand): string;
  /** `file:line`, if it is not the scenario's own. */
  place(span: Span): string;
}

interface Roots {
  readonly pack: ValueObject;
  readonly limits: ValueObject;
  readonly timers: ValueObject;
}

export function writtenForm(plan: Plan, roots: Roots): WrittenForm {
  const scope: Scope = {
    slot: () => undefined,
    account: () => undefined,
    self: 'self',
    turn: undefined,
    unique: '$(unique)',
    root: name => (name === 'accounts' ? [] : roots[name]),
    nowMs: 0,
  };
  return {
    written: span => shorten(sliceOf(plan.sourceTexts[span.file] ?? '', span)),
    demand: demand => shorten(renderDemand(demand, {}, scope, undefined)),
    place: ({ file, line }) => (file === plan.scenario ? `line ${line}` : `${file}:${line}`),
  };
}

function sliceOf(text: string, { line, column, endLine, endColumn }: Span): string {
  const lines = text.split(/\r?\n/).slice(line - 1, endLine);
  if (lines.length === 0) return '';
  const last = lines.length - 1;
  lines[last] = lines[last]!.slice(0, endColumn - 1);
  lines[0] = lines[0]!.slice(column - 1);
  return lines
    .map(each => each.trim())
    .join(' ')
    .trim();
}

function shorten(text: string): string {
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 1)}…`;
}

const mostCharacters = 200;

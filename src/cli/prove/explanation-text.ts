import type { LogEvent } from '../../evidence/events.ts';
import type { ExecutionResult } from '../../evidence/results.ts';
import type { Span } from '../../foundation/span.ts';
import type { ExclusionRule, Fate, JudgedMutant, Mutant, Operator } from '../../prove/mutant.ts';
import { shorten, wrap, wrapExactly } from '../../reporters/cells.ts';
import { renderExcerpt } from '../../reporters/excerpt.ts';
import { renderFailure } from '../../reporters/failure.ts';
import { groupFailures } from '../../reporters/failures.ts';
import { createPaint, type Paint } from '../../reporters/paint.ts';
import { printable } from '../../reporters/printable.ts';
import type { Terminal } from '../terminal.ts';
import type { SourceLines } from './source-lines.ts';

export interface Explanation {
  readonly judged: JudgedMutant;
  /** What judging makes of the changed log. */
  readonly result: ExecutionResult;
  /** The event that was changed, as the target said it. */
  readonly event: LogEvent | undefined;
  readonly linesOf: SourceLines;
}

/** One mutant whole: the change, what became of it, and the report that a run would give, or the place for a check. */
export function explanationText(
  { judged, result, event, linesOf }: Explanation,
  { widthCells: width, color }: Pick<Terminal, 'widthCells' | 'color'>,
): string {
  const { mutant, fate, mustRows } = judged;
  const paint = createPaint(color);
  const cells = width - 2;
  const rows = mustRows.length === 0 ? [] : [`named by ${mustRows.join(', ')} (must)`];
  const blocks = [
    [
      ...wrap(fateWord(fate), width).map(line => paint.strong(paintOf(fate, paint)(line))),
      ...indented(wrap(printable(mutant.id), cells)),
    ],
    [
      paint.strong(`Changed: ${operatorWords[mutant.operator]}`),
      ...indented(changeLines(mutant, cells, paint)),
      ...indented(rows),
      ...indented(
        wrap(`at client ${printable(mutant.client)}, event ${mutant.event} of ${printable(mutant.execution)}`, cells),
      ),
    ],
    ...(event
      ? [[paint.strong('What came'), ...indented(wrapExactly(shorten(printable(textOf(event)), frameCells), cells))]]
      : []),
    endLines(fate, linesOf, cells, paint),
  ];
  const failures = fate.fate === 'killed' ? failureTexts(result, { width, color }) : [];
  return [...blocks.filter(lines => lines.length > 0).map(lines => `${lines.join('\n')}\n`), ...failures].join('\n');
}

function fateWord(fate: Fate): string {
  switch (fate.fate) {
    case 'killed':
      return `KILLED by ${fate.check}${fate.warning ? ', which is no must: a run would pass with a warning' : ''}`;
    case 'survived':
      return 'SURVIVED: nothing noticed it';
    case 'diverged':
      return 'DIVERGED: we would have sent something else, so the log does not tell what would have come';
    case 'excluded':
      return `EXCLUDED by the rule ${fate.rule}: ${ruleWords[fate.rule]}`;
  }
}

function paintOf({ fate }: Fate, paint: Paint): (text: string) => string {
  if (fate === 'killed') return paint.good;
  return fate === 'survived' ? paint.bad : paint.warn;
}

function changeLines({ at, was, becomes }: Mutant, cells: number, paint: Paint): readonly string[] {
  const shown = (text: string | undefined) => (text === undefined ? '(not there)' : printable(text));
  const isValue = at !== undefined || was !== undefined;
  return [
    ...(at === undefined ? [] : [shorten(printable(at) || '(all of it)', cells)]),
    ...(isValue ? [`was      ${paint.good(shorten(shown(was), cells - labelCells))}`] : []),
    ...(isValue || becomes !== undefined ? [`becomes  ${paint.bad(shorten(shown(becomes), cells - labelCells))}`] : []),
  ];
}

/** The undecoded text, as everywhere where a person reads a log. */
function textOf(event: LogEvent): string {
  if (event.event === 'closed') return event.code === undefined ? 'closed' : `closed with code ${event.code}`;
  if (event.event === 'opened' && event.subprotocol !== undefined)
    return `opened with the subprotocol ${event.subprotocol}`;
  if (event.event !== 'item') return event.event;
  const body = event.text ?? event.base64 ?? '';
  return event.http ? `HTTP ${event.http.status} ${body}` : body;
}

function endLines(fate: Fate, linesOf: SourceLines, cells: number, paint: Paint): readonly string[] {
  if (fate.fate === 'survived') return placeLines('A check would belong here', fate.span, linesOf, cells, paint);
  if (fate.fate === 'excluded') return placeLines('Read here', fate.span, linesOf, cells, paint);
  return [];
}

function placeLines(title: string, span: Span, linesOf: SourceLines, cells: number, paint: Paint): readonly string[] {
  const lines = linesOf(span.file);
  const from = Math.max(1, span.line - linesAround);
  const excerpt = lines
    .slice(from - 1, Math.min(span.endLine, span.line + mostLines) + linesAround)
    .map((text, k) => ({ line: from + k, text }));
  return [
    paint.strong(`${title}: ${printable(span.file)}:${span.line}:${span.column}`),
    ...indented(renderExcerpt({ span, excerpt }, cells, paint)),
  ];
}

function failureTexts(
  result: ExecutionResult,
  options: { readonly width: number; readonly color: boolean },
): readonly string[] {
  return groupFailures(result.failures).map(({ cause, consequences }) =>
    renderFailure(cause, result, options, consequences),
  );
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map(line => `  ${line}`);
}

const operatorWords: Readonly<Record<Operator, string>> = {
  drop: 'it did not come',
  repeat: 'it came twice',
  swap: 'it changed places with what came next',
  delay: 'it came too late',
  misdeliver: 'it came to another client',
  'remove-member': 'a member is not there',
  'other-value': 'a member has another value',
  'other-type': 'a member has another type',
  'near-miss': 'a member is almost the same',
  'forbidden-member': 'it has a member that is forbidden',
  'close-code': 'the connection ended with another code',
  'close-early': 'the connection ended before it',
  'never-close': 'the connection did not end',
};
const ruleWords: Readonly<Record<ExclusionRule, string>> = {
  identical: 'decoded it is the same',
  ignored: 'the scenario ignores it, as it did before',
  unread: 'it comes when no step reads any more',
  'free-member': 'the schema allows it, and no row of the ledger names the member',
  'free-order': 'the pack declares the order of these kinds free',
};
const labelCells = 'becomes  '.length;
const linesAround = 2;
const mostLines = 3;
// About eight lines.
const frameCells = 600;

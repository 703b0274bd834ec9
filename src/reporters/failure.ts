import type { ExecutionResult, Failure, FailureKind } from '../evidence/results.ts';
import { padEnd, shorten, wrap, wrapExactly } from './cells.ts';
import { renderDifferences } from './difference.ts';
import { renderExcerpt } from './excerpt.ts';
import { lanesTitle, renderLanes } from './lanes.ts';
import type { RenderOptions } from './options.ts';
import { createPaint, type Paint } from './paint.ts';
import { printable, printableLines } from './printable.ts';
import { counted, faultWords, kindWords, labelOf } from './words.ts';

/** Where a failure happened, as far as its text says it. */
export type FailedExecution = Pick<ExecutionResult, 'id' | 'title'>;

/** A failure that explains itself to somebody who knows the target and has read nothing else. Ends with a newline. */
export function renderFailure(
  failure: Failure,
  execution: FailedExecution,
  options: RenderOptions,
  consequences: readonly Failure[] = [],
): string {
  const paint = createPaint(options.color);
  const cells = options.width - indent.length;
  const sections = [
    headOf(failure, execution, labelOf(failure, consequences, options), cells, paint),
    whatHappened(failure, cells),
    requirementOf(failure, cells, paint),
    placeOf(failure, cells, paint),
    ...(failure.kind === 'not-testable' ? [] : evidenceOf(failure, cells, paint)),
    consequencesOf(consequences, cells, paint),
  ];
  return sections
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');
}

function headOf(failure: Failure, execution: FailedExecution, label: string, cells: number, paint: Paint): string[] {
  const painted = label === 'WARNING' || label === 'INCONCLUSIVE' ? paint.warn(label) : paint.bad(label);
  const words = `${printable(failure.check)} (${failure.level}): ${kindWords[failure.kind]}`;
  const [first, ...more] = wrap(words, cells - label.length);
  return [
    `${paint.strong(painted)}  ${paint.strong(first!)}`,
    ...more.map(line => `${indent}${paint.strong(line)}`),
    ...indented(wrap(printable(execution.title), cells)),
    ...indented(wrap(`in ${printable(execution.id)}`, cells)),
    ...indented(wrap(whenAndWho(failure), cells)),
  ];
}

function whenAndWho({ client, atMs }: Failure): string {
  const at = atMs === undefined ? '' : `${atMs.toFixed(1)} ms after it began`;
  return [client === undefined ? '' : `at client ${printable(client)}`, at].filter(part => part !== '').join(', ');
}

function whatHappened(failure: Failure, cells: number): string[] {
  const fault = failure.kind === 'not-testable' ? nothingKnown : faultWords[failure.faultOf];
  return indented([
    ...printableLines(failure.message).flatMap(line => wrap(shorten(line, proseCells), cells)),
    ...wrap(fault, cells),
  ]);
}

function requirementOf(failure: Failure, cells: number, paint: Paint): string[] {
  const text = wrap(printable(failure.requirementText), cells - indent.length);
  const source = wrap(printable(failure.source), cells - indent.length);
  return [
    title(`Requirement ${printable(failure.requirement)}`, cells, paint),
    ...twice(text),
    ...twice(source).map(paint.faint),
  ];
}

function placeOf(failure: Failure, cells: number, paint: Paint): string[] {
  const { file, line, column } = failure.span;
  const via = failure.via.flatMap(step => wrap(`by ${printable(step)}`, cells));
  return [
    title(`${printable(file)}:${line}:${column}`, cells, paint),
    ...indented(via),
    ...indented(renderExcerpt(failure, cells, paint)),
  ];
}

function evidenceOf(failure: Failure, cells: number, paint: Paint): string[][] {
  const { expected, nearest, meanwhile } = failure;
  const inner = cells - indent.length;
  const section = (name: string, lines: readonly string[]): string[] =>
    lines.length === 0
      ? []
      : [title(name, cells, paint), ...lines.map(line => (line === '' ? '' : `${indent}${indent}${line}`))];
  const frame = (text: string) => wrapExactly(shorten(printable(text), frameCells), inner);
  return [
    section(
      expectedTitles[failure.kind] ?? 'Expected',
      expected === undefined ? [] : expected.split('\n').flatMap(frame),
    ),
    section(cameTitles[failure.kind] ?? 'Came', nearest ? frame(nearest.text) : []),
    section('Not as expected', nearest ? renderDifferences(nearest.differences, inner, paint) : []),
    section('What else came meanwhile', meanwhileLines(meanwhile, inner)),
    section(lanesTitle(failure), renderLanes(failure, inner, paint)),
  ];
}

function meanwhileLines(meanwhile: readonly string[], cells: number): string[] {
  const shown = meanwhile.slice(0, meanwhileShown).map(text => shorten(printable(text), cells));
  const hidden = meanwhile.length - shown.length;
  return hidden > 0 ? [...shown, `and ${hidden} more`] : shown;
}

/** What could not be tested because of a failure: a line each. */
function consequencesOf(failures: readonly Failure[], cells: number, paint: Paint): string[] {
  if (failures.length === 0) return [];
  const checks = failures.map(({ check, level }) => `${level.padEnd('should'.length)}  ${printable(check)}`);
  const checkCells = Math.min(Math.floor(cells / 2), Math.max(...checks.map(text => text.length)));
  const lines = failures.map(({ span }, k) => {
    const place = `${printable(span.file)}:${span.line}:${span.column}`;
    return shorten(`${padEnd(checks[k]!, checkCells)}  ${place}`, cells - indent.length);
  });
  const name = `Not testable because of it: ${counted(failures.length, 'check')} about which nothing is known`;
  return [title(name, cells, paint), ...twice(lines)];
}

function title(text: string, cells: number, paint: Paint): string {
  return `${indent}${paint.strong(shorten(text, cells))}`;
}

function indented(lines: readonly string[]): string[] {
  return lines.filter(line => line !== '').map(line => `${indent}${line}`);
}

function twice(lines: readonly string[]): string[] {
  return indented(indented(lines));
}

const expectedTitles: Partial<Record<FailureKind, string>> = {
  stray: 'Expected instead',
  forbidden: 'Forbidden',
  verify: 'Demanded',
  'invalid-frame': 'Rule',
};
const cameTitles: Partial<Record<FailureKind, string>> = {
  unmet: 'Came nearest',
  closed: 'Came nearest',
  barrier: 'Came nearest',
};
const nothingKnown = 'Nobody is at fault here: nothing is known about this requirement.';
const indent = '  ';
// Frames are shown whole up to about eight lines.
const frameCells = 600;
// No sentence is so long; a text that is one by mistake must not fill the screen.
const proseCells = 2000;
const meanwhileShown = 10;

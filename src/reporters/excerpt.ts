import type { Failure } from '../evidence/results.ts';
import { cellsOf, windowOf } from './cells.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';

/** The lines of the scenario around a span, numbered, with carets under the expectation. */
export function renderExcerpt(failure: Pick<Failure, 'span' | 'excerpt'>, cells: number, paint: Paint): string[] {
  const { span, excerpt } = failure;
  const numberCells = Math.max(0, ...excerpt.map(({ line }) => String(line).length));
  const room = Math.max(20, cells - numberCells - 5);
  return excerpt.flatMap(({ line, text }) => {
    const number = String(line).padStart(numberCells);
    if (line !== span.line) return [paint.faint(`  ${number} | ${windowOf(printable(text), 0, room)}`.trimEnd())];
    const start = cellsOf(printable(text.slice(0, span.column - 1)));
    const end = cellsOf(printable(span.endLine === span.line ? text.slice(0, span.endColumn - 1) : text));
    const skipped = skippedCells(start, end, room, cellsOf(printable(text)));
    const shown = windowOf(printable(text), skipped, room);
    const carets = '^'.repeat(Math.max(1, Math.min(end - skipped, room) - (start - skipped)));
    return [
      `> ${number} | ${shown}`,
      `  ${' '.repeat(numberCells)} | ${' '.repeat(start - skipped)}${paint.bad(carets)}`,
    ];
  });
}

// A line that is too long is shown from its beginning if the carets have room there, else from a little before them.
function skippedCells(start: number, end: number, room: number, all: number): number {
  if (all <= room || end <= room || start < room / 2) return 0;
  return start - cellsBefore;
}

const cellsBefore = 8;

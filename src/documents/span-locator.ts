import type { Span } from '../foundation/span.ts';

/** Turns a pair of offsets into a span. */
export type SpanLocator = (start: number, end: number) => Span;

/** Lines end with LF; a CR before it belongs to the line. Columns count UTF-16 units. */
export function spanLocator(text: string, file: string): SpanLocator {
  const lineStarts = startsOfLines(text);
  return (start, end) => {
    const first = lineAt(lineStarts, start);
    const last = end > start ? lineAt(lineStarts, end) : first;
    return {
      file,
      line: first + 1,
      column: start - lineStarts[first]! + 1,
      endLine: last + 1,
      endColumn: Math.max(start, end) - lineStarts[last]! + 1,
    };
  };
}

function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Index of the last line that starts at or before the offset. */
function lineAt(lineStarts: readonly number[], offset: number): number {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lineStarts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

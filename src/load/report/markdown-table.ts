/** A table that is legible as it is. Columns are set to the right where `align` has an `r` for them. */
export function markdownTable(
  head: readonly string[],
  lines: readonly (readonly string[])[],
  align: string,
): readonly string[] {
  const widths = head.map((cell, k) => Math.max(cell.length, ...lines.map(line => line[k]!.length)));
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, k) => (align[k] === 'r' ? cell.padStart(widths[k]!) : cell.padEnd(widths[k]!))).join(' | ')} |`;
  return [row(head), `| ${widths.map(width => '-'.repeat(Math.max(3, width))).join(' | ')} |`, ...lines.map(row)];
}

/** Rows as lines whose columns begin in the same cell. The last column is as wide as it is. */
export function columns(rows: readonly (readonly string[])[], indent = ''): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [k, cell] of row.entries()) widths[k] = Math.max(widths[k] ?? 0, cell.length);
  return rows.map(row =>
    `${indent}${row.map((cell, k) => (k === row.length - 1 ? cell : cell.padEnd(widths[k]!))).join('  ')}`.trimEnd(),
  );
}

import { cellsOf, padEnd, shorten } from '../../reporters/cells.ts';

/** Rows of a name and figures: names on the left, shortened where the terminal is too narrow, figures on the right of their columns. */
export function numberTable(rows: readonly (readonly string[])[], widthCells: number, indent = ''): readonly string[] {
  const figures = Math.max(0, ...rows.map(row => row.length - 1));
  const widths = Array.from({ length: figures }, (_, k) => Math.max(...rows.map(row => row[k + 1]?.length ?? 0)));
  const figureCells = widths.reduce((sum, cells) => sum + cells + between, indent.length);
  const nameCells = Math.min(
    Math.max(0, ...rows.map(([name = '']) => cellsOf(name))),
    Math.max(leastNameCells, widthCells - figureCells),
  );
  return rows.map(([name = '', ...cells]) => {
    const shown = padEnd(shorten(name, nameCells), nameCells);
    return `${indent}${shown}${cells.map((cell, k) => ' '.repeat(between) + cell.padStart(widths[k]!)).join('')}`.trimEnd();
  });
}

const between = 2;
const leastNameCells = 16;

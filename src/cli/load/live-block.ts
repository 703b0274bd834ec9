/**
 * A few lines at the end of a terminal that are drawn again and again in the same place. How wide the terminal is may change from one
 * time to the next: what was drawn is then found again by how many rows it takes now.
 */
import { cellsOf } from '../../reporters/cells.ts';

export interface LiveBlock {
  /** Lines with what they look like, colours included; none is wider than the terminal. */
  draw(lines: readonly DrawnLine[], widthCells: number): void;
  /** Takes it away: what is written next begins where it began. */
  clear(widthCells: number): void;
}

export interface DrawnLine {
  readonly plain: string;
  readonly painted: string;
}

export function createLiveBlock(write: (text: string) => void): LiveBlock {
  let drawn: readonly DrawnLine[] = [];

  /** From the end of what was drawn back to its begin. */
  function back(widthCells: number): string {
    if (drawn.length === 0) return '';
    const rows = drawn.reduce((sum, { plain }) => sum + Math.max(1, Math.ceil(cellsOf(plain) / widthCells)), 0);
    return `${rows > 1 ? `\u001b[${rows - 1}A` : ''}\r${clearToEnd}`;
  }

  return {
    draw(lines, widthCells) {
      write(`${back(widthCells)}${lines.map(({ painted }) => painted).join('\n')}`);
      drawn = lines;
    },
    clear(widthCells) {
      const text = back(widthCells);
      drawn = [];
      if (text !== '') write(text);
    },
  };
}

const clearToEnd = '\u001b[J';

/** Text measured in terminal cells: most characters take one, East Asian ones and emoji two, combining marks none. */
export function cellsOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let cells = 0;
  for (const character of text) cells += cellsOfCharacter(character);
  return cells;
}

export function padEnd(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - cellsOf(text)));
}

/** The longest beginning that fits. */
export function takeCells(text: string, cells: number): string {
  if (text.length <= cells && ascii.test(text)) return text;
  let taken = 0;
  let length = 0;
  for (const character of text) {
    taken += cellsOfCharacter(character);
    if (taken > cells) break;
    length += character.length;
  }
  return text.slice(0, length);
}

/** What of a text shows in a window that begins behind so many cells. */
export function windowOf(text: string, skippedCells: number, cells: number): string {
  const from = skippedCells === 0 ? text : `…${text.slice(takeCells(text, skippedCells + 1).length)}`;
  return cellsOf(from) <= cells ? from : `${takeCells(from, cells - 1)}…`;
}

/** Shortened in the middle, where a frame says least: two thirds of the room for its beginning, one for its end. */
export function shorten(text: string, cells: number): string {
  if (cellsOf(text) <= cells) return text;
  const tailCells = Math.floor((cells - 1) / 3);
  return `${takeCells(text, cells - 1 - tailCells)}…${takeLastCells(text, tailCells)}`;
}

function takeLastCells(text: string, cells: number): string {
  let taken = 0;
  let begin = text.length;
  for (let next = begin; next > 0; ) {
    next -= isPair(text, next - 2) ? 2 : 1;
    taken += cellsOfCharacter(text.slice(next, begin));
    if (taken > cells) break;
    begin = next;
  }
  return text.slice(begin);
}

function isPair(text: string, at: number): boolean {
  return at >= 0 && text.codePointAt(at)! > 0xffff;
}

/** Lines of prose, broken at a blank if one is near, else anywhere. */
export function wrap(text: string, cells: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (cellsOf(rest) > cells) {
    const fits = takeCells(rest, cells);
    const length = breakBefore(fits, rest[fits.length] === ' ');
    lines.push(rest.slice(0, length).trimEnd());
    rest = rest.slice(length).trimStart();
  }
  lines.push(rest);
  return lines;
}

function breakBefore(fits: string, atBlank: boolean): number {
  if (fits.length === 0) return 1;
  if (atBlank) return fits.length;
  const place = fits.lastIndexOf(' ') + 1;
  return place > fits.length / 2 ? place : fits.length;
}

/** Lines of a frame: every character stays, and a comma near the end of a line ends it. */
export function wrapExactly(text: string, cells: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (cellsOf(rest) > cells) {
    const fits = takeCells(rest, cells);
    const place = fits.lastIndexOf(',') + 1;
    const length = place > fits.length * 0.7 ? place : Math.max(1, fits.length);
    lines.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  lines.push(rest);
  return lines;
}

function cellsOfCharacter(character: string): number {
  const point = character.codePointAt(0)!;
  if (point < 0x300) return 1;
  if (combining.test(character)) return 0;
  return isWide(point) ? 2 : 1;
}

// The ranges of Unicode's East Asian Width that matter, rounded to blocks.
function isWide(point: number): boolean {
  if (point < 0x1100) return false;
  return (
    point <= 0x115f ||
    (point >= 0x2e80 && point <= 0xa4cf) ||
    (point >= 0xac00 && point <= 0xd7a3) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0xfe30 && point <= 0xfe6f) ||
    (point >= 0xff00 && point <= 0xff60) ||
    (point >= 0xffe0 && point <= 0xffe6) ||
    (point >= 0x1f300 && point <= 0x1f64f) ||
    (point >= 0x1f680 && point <= 0x1f6ff) ||
    (point >= 0x1f900 && point <= 0x1f9ff) ||
    (point >= 0x20000 && point <= 0x3fffd)
  );
}

const ascii = /^[ -~]*$/;
const combining = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

import type { Nearest } from '../evidence/results.ts';
import { cellsOf, padEnd, shorten, windowOf } from './cells.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';

/** For each member that differs what was expected above what came, aligned, so that the eye finds the place. */
export function renderDifferences(differences: Nearest['differences'], cells: number, paint: Paint): string[] {
  const names = differences.map(({ at }) => (at === '' ? '(all of it)' : printable(at)));
  const nameCells = Math.min(Math.floor(cells / 3), Math.max(0, ...names.map(cellsOf)));
  return differences.flatMap(({ expected, came }, k) => {
    const name = names[k]!;
    const beside = cellsOf(name) <= nameCells;
    const room = Math.max(20, cells - nameCells - labelCells);
    const pair = cutPair(shown(expected), shown(came), room);
    const blank = ' '.repeat(nameCells);
    return [
      ...(beside ? [] : [shorten(name, cells)]),
      `${beside ? padEnd(name, nameCells) : blank}  expected  ${paint.good(pair.expected)}`,
      `${blank}  came      ${paint.bad(pair.came)}`,
      ...(pair.caretAt === undefined ? [] : [`${blank}${' '.repeat(labelCells + pair.caretAt)}^`]),
      ...(sameToTheEye(expected, came) ? [`${blank}  code points ${codePoints(expected, came)}`] : []),
    ];
  });
}

function shown(text: string): string {
  return text === '' ? '(empty)' : printable(text);
}

interface CutPair {
  readonly expected: string;
  readonly came: string;
  /** Cell of the first difference, if it is not plain to see. */
  readonly caretAt?: number;
}

/** Both texts cut to the same window, which holds the first place where they differ. */
function cutPair(expected: string, came: string, room: number): CutPair {
  const shared = sharedLength(expected, came);
  const longest = Math.max(cellsOf(expected), cellsOf(came));
  const sharedCells = cellsOf(expected.slice(0, shared));
  const inReach = longest <= room || sharedCells < room - tailCells;
  const skipped = inReach ? 0 : Math.min(sharedCells - Math.floor(room / 3), longest - room + 1);
  const caretAt = sharedCells - skipped;
  const cut = { expected: windowOf(expected, skipped, room), came: windowOf(came, skipped, room) };
  return shared > 1 && longest > plainCells ? { ...cut, caretAt } : cut;
}

// Never inside a surrogate pair.
function sharedLength(a: string, b: string): number {
  let length = 0;
  for (const character of a) {
    if (!b.startsWith(character, length)) break;
    length += character.length;
  }
  return length;
}

// An accent as one character or as two looks alike and is not equal.
function sameToTheEye(expected: string, came: string): boolean {
  return expected !== came && expected.normalize('NFC') === came.normalize('NFC');
}

function codePoints(expected: string, came: string): string {
  const begin = sharedLength(expected, came);
  let end = 0;
  while (end < Math.min(expected.length, came.length) - begin && expected.at(-1 - end) === came.at(-1 - end)) end++;
  const written = (text: string): string =>
    [...text.slice(begin, text.length - end)]
      .slice(0, codePointsShown)
      .map(character => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`)
      .join(' ');
  return `${written(expected) || '(none)'} against ${written(came) || '(none)'}`;
}

const labelCells = '  expected  '.length;
// So much of what follows the difference is worth showing.
const tailCells = 12;
// Up to this length the eye finds a difference alone.
const plainCells = 12;
const codePointsShown = 6;

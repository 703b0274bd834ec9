const tabCells = 4;

/** One character as a terminal shows it, and the cells that it takes. */
export interface VisibleCharacter {
  readonly shown: string;
  readonly cells: number;
  /** Where it ends in the line, in UTF-16 units. */
  readonly end: number;
}

/** A line of a file as a terminal can show it: tabs as blanks, control characters as a sign that does nothing. */
export function visibleCharacters(line: string): VisibleCharacter[] {
  const characters: VisibleCharacter[] = [];
  let end = 0;
  let cell = 0;
  for (const character of line) {
    end += character.length;
    const shown =
      character === '\t' ? ' '.repeat(tabCells - (cell % tabCells)) : isUnprintable(character) ? '\ufffd' : character;
    const cells = character === '\t' ? shown.length : cellsOf(shown);
    cell += cells;
    characters.push({ shown, cells, end });
  }
  return characters;
}

/** Control characters, among them those that would move the cursor, turn the direction of writing or hide text. */
function isUnprintable(character: string): boolean {
  return /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u.test(character);
}

/** Combining signs take no cell; East Asian wide characters and pictures take two. */
function cellsOf(character: string): number {
  if (/\p{Mn}|\p{Me}|\u200d|\ufe0f/u.test(character)) return 0;
  const code = character.codePointAt(0)!;
  if (code < 0x1100) return 1;
  return wideRanges.some(([first, last]) => code >= first && code <= last) || /\p{Emoji_Presentation}/u.test(character)
    ? 2
    : 1;
}

/** Unicode's East_Asian_Width W and F, in large blocks. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];

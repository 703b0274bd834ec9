/**
 * What somebody may do in a topic: a set of letters, written in one order. J join, R read, W write, P presence, A approve, S share,
 * D delete, O own; N stands for none of them.
 */
export type AccessMode = string;
export type AccessLetter = 'J' | 'R' | 'W' | 'P' | 'A' | 'S' | 'D' | 'O';

/** In any order and case. An N stands alone, or before letters that do not count. Undefined if there is anything else in it. */
export function readMode(text: string): AccessMode | undefined {
  const given = text.toUpperCase();
  if (given.startsWith('N')) return 'N';
  const known = [...given].every(letter => letters.includes(letter as AccessLetter));
  return known ? modeOfLetters(letter => given.includes(letter)) : undefined;
}

/** What is asked for and granted at once counts. Remembered: it is asked for everybody who might hear of something. */
export function intersectModes(want: AccessMode, given: AccessMode): AccessMode {
  const both = `${want} ${given}`;
  const known = intersections.get(both);
  if (known !== undefined) return known;
  const mode = modeOfLetters(letter => want.includes(letter) && given.includes(letter));
  intersections.set(both, mode);
  return mode;
}

export function uniteModes(one: AccessMode, other: AccessMode): AccessMode {
  return modeOfLetters(letter => one.includes(letter) || other.includes(letter));
}

export function subtractModes(mode: AccessMode, taken: AccessMode): AccessMode {
  return modeOfLetters(letter => mode.includes(letter) && !taken.includes(letter));
}

/** Whether the mode lacks nothing that is wanted. */
export function covers(mode: AccessMode, wanted: AccessMode): boolean {
  return subtractModes(wanted, mode) === 'N';
}

export function allows(mode: AccessMode, letter: AccessLetter): boolean {
  return mode.includes(letter);
}

export function allowsAny(mode: AccessMode, wanted: readonly AccessLetter[]): boolean {
  return wanted.some(letter => mode.includes(letter));
}

/** What has come and what has gone: `+AB-CD`; empty if nothing has changed. */
export function writeDelta(before: AccessMode, after: AccessMode): string {
  const added = subtractModes(after, before);
  const removed = subtractModes(before, after);
  return `${added === 'N' ? '' : `+${added}`}${removed === 'N' ? '' : `-${removed}`}`;
}

function modeOfLetters(isIn: (letter: AccessLetter) => boolean): AccessMode {
  return letters.filter(isIn).join('') || 'N';
}

const letters: readonly AccessLetter[] = ['J', 'R', 'W', 'P', 'A', 'S', 'D', 'O'];

/** Of modes as they are written here: there are 256. */
const intersections = new Map<string, AccessMode>();

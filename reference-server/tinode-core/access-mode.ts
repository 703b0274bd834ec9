/**
 * What somebody may do in a topic: a set of letters, written in one order. J join, R read, W write, P presence, A approve, S share,
 * D delete, O own; N stands for none of them.
 */
export type AccessMode = string;
export type AccessLetter = 'J' | 'R' | 'W' | 'P' | 'A' | 'S' | 'D' | 'O';

/** What is asked for and granted at once counts. */
export function intersectModes(want: AccessMode, given: AccessMode): AccessMode {
  const both = letters.filter(letter => want.includes(letter) && given.includes(letter));
  return both.length > 0 ? both.join('') : 'N';
}

export function allows(mode: AccessMode, letter: AccessLetter): boolean {
  return mode.includes(letter);
}

const letters: readonly AccessLetter[] = ['J', 'R', 'W', 'P', 'A', 'S', 'D', 'O'];

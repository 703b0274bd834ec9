/** Colours for a terminal. They only repeat what the words say: without them nothing is lost. */
export interface Paint {
  strong(text: string): string;
  faint(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  good(text: string): string;
}

export function createPaint(color: boolean): Paint {
  return color ? colored : uncolored;
}

const style =
  (on: number, off: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;

const colored: Paint = {
  strong: style(1, 22),
  faint: style(2, 22),
  bad: style(31, 39),
  warn: style(33, 39),
  good: style(32, 39),
};

const same = (text: string): string => text;

const uncolored: Paint = { strong: same, faint: same, bad: same, warn: same, good: same };

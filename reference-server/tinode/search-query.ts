/** What is looked for: words with blanks between them are all needed, of those around commas any one. */
export interface Query {
  readonly all: readonly string[];
  readonly any: readonly string[];
}

interface Term {
  readonly text: string;
  readonly isOptional: boolean;
}

/** Undefined if it cannot be read: two commas in a row, a quotation mark inside a word, or one that is not closed. */
export function readQuery(written: string): Query | undefined {
  const pieces = split(written.trim());
  if (!pieces) return undefined;
  const terms: Term[] = [];
  for (const [at, { text, commaBefore }] of pieces.entries()) {
    const commaAfter = pieces[at + 1]?.commaBefore ?? false;
    if (text !== '') terms.push({ text: text.toLowerCase(), isOptional: commaBefore || commaAfter });
  }
  const textsOf = (isOptional: boolean) => terms.filter(term => term.isOptional === isOptional).map(({ text }) => text);
  return { all: textsOf(false), any: textsOf(true) };
}

interface Piece {
  readonly text: string;
  readonly commaBefore: boolean;
}

function split(written: string): Piece[] | undefined {
  const pieces: Piece[] = [];
  let rest = written;
  while (rest !== '') {
    const gap = /^[\s,]*/.exec(rest)![0];
    const commas = gap.replaceAll(/\s/g, '').length;
    if (commas > 1) return undefined;
    rest = rest.slice(gap.length);
    const word = /^"[^"]*"|^[^\s,"]+/.exec(rest)?.[0];
    if (word === undefined && rest !== '') return undefined;
    if (word === undefined) {
      if (commas > 0) pieces.push({ text: '', commaBefore: true });
      break;
    }
    rest = rest.slice(word.length);
    if (rest !== '' && !/^[\s,]/.test(rest)) return undefined;
    pieces.push({ text: word.replaceAll('"', ''), commaBefore: commas > 0 });
  }
  return pieces;
}

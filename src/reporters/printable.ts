/**
 * Text from a server, made safe to look at: no control character reaches a terminal, and nothing that is invisible or changes the
 * direction of reading hides. Everything else stays as it is. Every report passes what it shows through here.
 */
export function printable(text: string): string {
  return escapeUnseen(text, escapeOf);
}

/** Replaces every character that does not show or that does harm. */
export function escapeUnseen(text: string, written: (character: string) => string): string {
  return plain.test(text) ? text : text.replace(unseen, written);
}

/** The lines of a text, each printable. */
export function printableLines(text: string): string[] {
  return text.split(/\r\n|\n/).map(printable);
}

function escapeOf(character: string): string {
  return short.get(character) ?? `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

const plain = /^[ -~]*$/;
// Controls, format characters (direction, zero width, tags), lone surrogates, line separators, the two that XML refuses.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;
const short = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

import fc from 'fast-check';

/** Pieces that mean something to one reader or another. */
const pieces = fc.oneof(
  fc.constantFrom(
    '{}',
    '[]',
    '[',
    '}',
    '"',
    "'",
    '\\',
    ':',
    ',',
    '\n',
    '\t',
    '\0',
    '---\n',
    '&a ',
    '*a',
    '!!str ',
    '<<: ',
    '|',
    '>',
  ),
  fc.constantFrom('null', 'true', '-1', '1e400', '9'.repeat(40), '0x1f', '.inf', '~', '2026-01-01', '5 s', '-5 s'),
  fc.constantFrom(
    '$(',
    '$(x)',
    '$(...x)',
    '$(a.b + 1)',
    '$any',
    '$as: x',
    '{ $not: $any }',
    '{ $string: { pattern: "(" } }',
    '$$',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'then',
    'alice',
    'barrier',
    'steps',
    'client',
    '\ud800',
    '\u2028',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

type Edit = (text: string) => string;

const edits: fc.Arbitrary<Edit> = fc
  .tuple(fc.nat(), fc.nat({ max: 60 }), pieces, fc.nat({ max: 4 }))
  .map(([seed, length, piece, how]) => text => {
    const at = text.length === 0 ? 0 : seed % text.length;
    const end = Math.min(text.length, at + length);
    const cut = text.slice(at, end);
    const all: readonly string[] = [piece, '', cut + cut, `${piece}${cut}`, [...cut].reverse().join('')];
    return text.slice(0, at) + all[how]! + text.slice(end);
  });

/** One of these texts with a few pieces of it replaced, gone, repeated or turned round. */
export function spoiled(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(edits, { minLength: 1, maxLength: 4 }))
    .map(([text, all]) => all.reduce((spoilt, edit) => edit(spoilt), text));
}

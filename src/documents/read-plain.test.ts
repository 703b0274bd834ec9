import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWithLibrary } from './read-document.ts';
import { readPlain } from './read-plain.ts';

/** Every form that is plain, as scenarios use them. */
const samples = [
  'a: 1\nb: [x, y]\nc:\n  - d: 1\n    e: "f"\n  - g\nh: { i: j, k: [l, { m: n }] } # why\n',
  '- a\n- b: c\n  d:\n    e: f # x\n    g: h\n-  - i\n   - j\n',
  '# first\n\na:\n  b: [x,\n    y, # z\n    z,\n  ]\n  c: { d: 1,\n    e: "q", "f":g }\nf: g\n',
  "a:\n  # before\n  - b: 'it''s'\n    # between\n    c: x\n\n  # behind\n  - d: y # e\n# f\ng:\n  text on its own line\n",
  'a: $(b.c) and $(d)\n$as: "\\u0041\\t\\e\\x41\\\\"\nb: -x:y#z\nc: [ -1, 0.5, null, ~, true, {}, [] ]\n"d": http://e/f\n',
];

describe('plain text', () => {
  it.each(samples)('is read as the library reads it, span by span: %j', text => {
    const { root, diagnostics } = readWithLibrary(text, 'f.yaml');
    expect(diagnostics).toEqual([]);
    expect(readPlain(text, 'f.yaml')).toEqual(root);
    expect(readPlain(text.trimEnd(), 'f.yaml')).toEqual(readWithLibrary(text.trimEnd(), 'f.yaml').root);
  });
});

describe('left to the library', () => {
  it.each([
    ['nothing', ''],
    ['only a comment', '# a'],
    ['a value missing', 'a:\nb: 1'],
    ['a value missing in a flow', 'a: { b: , c: 1 }'],
    ['a key without colon', 'a: { b }'],
    ['a key twice', 'a: 1\na: 2'],
    ['a merge key', 'a: { <<: b }'],
    ['keys that are no text', '1: a'],
    ['a map in a line', 'a: b: c'],
    ['text over several lines', 'a: b\n  c'],
    ['quotes over several lines', 'a: "b\n  c"'],
    ['block text', 'a: |\n  b'],
    ['anchors', 'a: &b c'],
    ['aliases', 'a: *b'],
    ['tags', 'a: !b c'],
    ['document markers', '---\na: 1'],
    ['directives', '%YAML 1.2\n---\na: 1'],
    ['tabs', 'a:\tb'],
    ['CR', 'a: b\r\n'],
    ['a byte order mark', '\ufeffa: b'],
    ['numbers that fool', 'a: 0.50'],
    ['numbers beyond 2^53', 'a: 9007199254740993'],
    ['escapes that nobody knows', 'a: "\\q"'],
    ['a flow that is not closed', 'a: [b'],
    ['a flow too far left', 'a: { b: [c,\nd] }'],
    ['a list beside its key', 'a:\n- b'],
    ['wrong indentation', 'a:\n    b: 1\n  c: 2'],
    ['a comment whose block is not plain', 'a:\n  b:\n    c: 1\n    # d\n  e: 2'],
    ['a comment that touches', 'a: [b]# c'],
    ['nesting beyond reason', `a: ${'['.repeat(100)}${']'.repeat(100)}`],
  ])('%s', (_, text) => expect(readPlain(text, 'f.yaml')).toBeUndefined());
});

const pieces = [
  ...[' ', '  ', '\n', '\n  ', '\n    ', ':', ': ', '- ', '-', '#', ' # c', '\n# c\n', '\n  # c\n', '{', '}', '[', ']'],
  ...[
    ',',
    ', ',
    '"',
    "'",
    'a',
    '1',
    '0.50',
    '-1',
    'null',
    '~',
    '|',
    '>',
    '&a',
    '*a',
    '!t',
    '? ',
    '%',
    '@',
    '$(x)',
    '<<: ',
  ],
  ...['---', '\n...\n', '.', 'e5', '0x1f', '+1', "''", '"":', '{}', '[]', '\u00e9', '\u2028', '`', 'key: value\n'],
  ...['- a: 1\n', '\\e', '\\ud83d', '\\q', '\\'],
];

const edited = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('', ...pieces), fc.nat({ max: 3 })), { minLength: 1, maxLength: 4 }),
  )
  .map(([sample, edits]) =>
    edits.reduce((text, [seed, piece, gone]) => {
      const at = seed % (text.length + 1);
      return text.slice(0, at) + piece + text.slice(at + gone);
    }, sample),
  );

it('never reads anything differently from the library, and nothing that is wrong', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        edited,
        fc.array(fc.constantFrom(...pieces)).map(parts => parts.join('')),
      ),
      text => {
        const root = readPlain(text, 'f.yaml');
        if (root) expect({ root, diagnostics: [] }).toEqual(readWithLibrary(text, 'f.yaml'));
      },
    ),
    { numRuns: 3000 },
  );
});

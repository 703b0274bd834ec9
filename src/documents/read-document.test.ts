import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Located } from './located.ts';
import { readDocument } from './read-document.ts';

/** Problems as `line:column-endLine:endColumn code: message | suggestion`. */
function problems(text: string): string[] {
  return readDocument(text, 'f.yaml').diagnostics.map(({ code, message, span, suggestion }) => {
    const place = `${span.line}:${span.column}-${span.endLine}:${span.endColumn}`;
    return `${place} ${code}: ${message}${suggestion === undefined ? '' : ` | ${suggestion}`}`;
  });
}

function plain(node: Located): unknown {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') return node.elements.map(plain);
  return Object.fromEntries(node.entries.map(entry => [entry.key, plain(entry.value)]));
}

function read(text: string): unknown {
  const { root, diagnostics } = readDocument(text, 'f.yaml');
  expect(diagnostics).toEqual([]);
  return plain(root!);
}

describe('values', () => {
  it.each([
    [
      'a: on\nb: no\nc: 2024-01-01\nd: true\ne: null\nf: ~\ng:',
      { a: 'on', b: 'no', c: '2024-01-01', d: true, e: null, f: null, g: null },
    ],
    ['- 1\n- -2\n- 1.5\n- 1.0\n- "0123"\n- 9007199254740991', [1, -2, 1.5, 1, '0123', 9007199254740991]],
    ['a: &x { b: 1 }\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    ['a: |\n  two\n  lines\nb: >-\n  one\n  line\n', { a: 'two\nlines\n', b: 'one line' }],
    ['a: $(b.c)\nd: { e: $(f) }', { a: '$(b.c)', d: { e: '$(f)' } }],
    ['"<<": 1\n"1": 2', { '<<': 1, '1': 2 }],
    ['a: "\t"\n# a\tcomment\nb: |\n  x\ty\n', { a: '\t', b: 'x\ty\n' }],
    ['\ufeffa: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
    ['{ a: "x", "b":1 }', { a: 'x', b: 1 }],
    ['[ a: 1, b ]', [{ a: 1 }, 'b']],
    ['---\na: 1\n...\n', { a: 1 }],
  ])('reads %j', (text, value) => expect(read(text)).toEqual(value));
});

describe('spans', () => {
  it('end with the last visible character', () => {
    const { root } = readDocument('a:\n  - b\n\nc: |\n  text\n\n', 'f.yaml');
    expect(root?.span).toEqual({ file: 'f.yaml', line: 1, column: 1, endLine: 5, endColumn: 7 });
    const [first, second] = root?.type === 'map' ? root.entries : [];
    expect(first?.keySpan).toEqual({ file: 'f.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 });
    expect(first?.value.span).toEqual({ file: 'f.yaml', line: 2, column: 3, endLine: 2, endColumn: 6 });
    expect(second?.value).toEqual({
      type: 'scalar',
      value: 'text\n',
      quoted: true,
      span: { file: 'f.yaml', line: 4, column: 4, endLine: 5, endColumn: 7 },
    });
  });

  it('of an alias are those of its use', () => {
    const { root } = readDocument('a: &x { b: 1 }\nc: *x', 'f.yaml');
    expect(root?.type === 'map' && root.entries[1]?.value.span).toEqual({
      file: 'f.yaml',
      line: 2,
      column: 4,
      endLine: 2,
      endColumn: 6,
    });
  });
});

const tag = 'tag: tags are not allowed | remove it, or put text that begins with ! in quotes';
const withoutValue = 'write key: value; text that contains a comma needs quotes; for no value write null';

describe('what is YAML but not allowed', () => {
  it.each([
    [
      'a: 1\nb: 2\na: 3',
      ['3:1-3:2 duplicate-key: the key "a" stands twice in one map, first in line 1 | remove one of them'],
    ],
    [
      '{ a: 1, "a": 2 }',
      ['1:9-1:12 duplicate-key: the key "a" stands twice in one map, first in line 1 | remove one of them'],
    ],
    [
      'a: !!str 5\nb: !x y\nc: !!map {}\n!!str d: !!int &e 1',
      [`1:4-1:9 ${tag}`, `2:4-2:6 ${tag}`, `3:4-3:9 ${tag}`, `4:1-4:6 ${tag}`, `4:10-4:15 ${tag}`],
    ],
    ['a: [!voice]', [`1:5-1:11 ${tag}`]],
    ['<<: { a: 1 }', ['1:1-1:3 merge-key: merge keys are not allowed | write the members out, or put them into vars']],
    ['{ a: hello, b }', [`1:13-1:14 key-without-value: the key "b" has no value | ${withoutValue}`]],
    ['{ a: }', [`1:3-1:4 key-without-value: the key "a" has no value | ${withoutValue}`]],
    ['? a', [`1:3-1:4 key-without-value: the key "a" has no value | ${withoutValue}`]],
    ['1: a', ['1:1-1:2 key-not-text: a key is text, but 1 is not | put it in quotes: "1"']],
    ['null: a', ['1:1-1:5 key-not-text: a key is text, but null is not | put it in quotes: "null"']],
    [': a', ['1:1-1:1 key-not-text: a key is missing before the colon']],
    [
      '? [a]\n: b',
      ['1:3-1:6 key-not-text: a key is text, but this one is a list, a map or an alias | write the key as text'],
    ],
    [
      'a: 1\n---\nb: 2',
      [
        '2:1-3:5 several-documents: expected one document, came a second one | put it in a file of its own and remove the line ---',
      ],
    ],
    ['%YAML 1.1\n---\na: on', ['1:1-1:10 directive: directives are not allowed: a file is YAML 1.2 | remove the line']],
    ['a:\tb', ['1:3-1:4 tab: a tab stands between values | use blanks; inside quotes write \\t']],
    ['a:\n\tb: 1', ['2:1-2:2 tab: a tab stands between values | use blanks; inside quotes write \\t']],
    ['', ['1:1-1:1 empty-file: expected a document, but there is none | begin with antiphon: 1']],
    ['# only a comment\n', ['1:1-1:1 empty-file: expected a document, but there is none | begin with antiphon: 1']],
    [
      'a: *x',
      [
        '1:4-1:6 unknown-alias: there is no anchor &x before this alias | define it above, or put text that begins with * in quotes',
      ],
    ],
    [
      'a: &x [*x]',
      [
        '1:8-1:10 unknown-alias: the alias *x stands inside its own anchor | define it above, or put text that begins with * in quotes',
      ],
    ],
  ])('%j', (text, expected) => expect(problems(text)).toEqual(expected));

  it.each([
    ['0123', '0123 is read as the number 123', '"0123", or write 123'],
    ['00', '00 is read as the number 0', '"00", or write 0'],
    ['0x1f', '0x1f is read as the number 31', '"0x1f", or write 31'],
    ['0o7', '0o7 is read as the number 7', '"0o7", or write 7'],
    ['1e3', '1e3 is read as the number 1000', '"1e3", or write 1000'],
    ['+5', '+5 is read as the number 5', '"+5", or write 5'],
    ['.5', '.5 is read as the number 0.5', '".5"'],
    ['1.10', '1.10 is read as the number 1.1, without the zero at the end', '"1.10"'],
    ['.inf', '.inf is read as the number Infinity', '".inf"'],
    ['-.INF', '-.INF is read as the number -Infinity', '"-.INF"'],
    ['.nan', '.nan is read as the number NaN', '".nan"'],
    [
      '9007199254740993',
      '9007199254740993 is beyond 2^53, where readers of YAML and JSON disagree about the value',
      '"9007199254740993"',
    ],
  ])('the plain scalar %s', (scalar, message, suggestion) => {
    const end = 4 + scalar.length;
    expect(problems(`a: ${scalar}`)).toEqual([
      `1:4-1:${end} fooling-number: ${message} | put it in quotes if it is text: ${suggestion}`,
    ]);
  });

  it('keeps the exact value of a large integer', () => {
    expect(plain(readDocument('9007199254740993', 'f.yaml').root!)).toBe(9007199254740993n);
  });

  it('tells all of them at once, by place', () => {
    expect(readDocument('b: { a }\nc: 0x1\nc: !!str d', 'f.yaml').diagnostics.map(({ code }) => code)).toEqual([
      'key-without-value',
      'fooling-number',
      'duplicate-key',
      'tag',
    ]);
  });
});

const inside = 'check quotes, brackets, commas and indentation here and above';

describe('what is not YAML', () => {
  it.each([
    [
      'a: b: c',
      [
        '1:4-1:5 yaml-syntax: a second key in the same line | put text that contains a colon and a blank in quotes, or write a map as { key: value }',
      ],
    ],
    [
      'a: [1, 2',
      [
        '1:9-1:10 yaml-syntax: something that was opened is not closed | check quotes, brackets, commas and colons here and above',
      ],
    ],
    [
      'a: "x',
      [
        '1:6-1:7 yaml-syntax: something that was opened is not closed | check quotes, brackets, commas and colons here and above',
      ],
    ],
    ['a: @x', ['1:4-1:5 yaml-syntax: plain text cannot begin with this character | put the text in quotes']],
    [
      'a: { c: $' + '{path} }',
      ['1:10-1:11 yaml-syntax: a reference is not written with a dollar sign and braces | write $(path)'],
    ],
    [
      'a: 1\n  b: 2',
      [
        '1:4-1:5 yaml-syntax: a second key in the same line | put text that contains a colon and a blank in quotes, or write a map as { key: value }',
      ],
    ],
    ['a: ]', [`1:4-1:5 yaml-syntax: this is not expected here | ${inside}`]],
    [
      'a: "\\q"',
      [
        '1:5-1:6 yaml-syntax: unknown escape in double quotes | write \\\\ for a backslash, or use single quotes, where nothing is escaped',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(problems(text)).toEqual(expected);
    expect(readDocument(text, 'f.yaml').root).toBeUndefined();
  });
});

describe('limits', () => {
  it('refuses a file of 10 MB at once', () => {
    const text = 'a: 1\n'.repeat(2_000_000);
    const begin = performance.now();
    expect(problems(text)).toEqual(['1:1-1:1 file-too-large: a file has at most 1 MB, this one has 10000000 bytes']);
    expect(performance.now() - begin).toBeLessThan(1000);
  });

  it('allows a hundred uses of aliases and not one more', () => {
    const uses = (count: number) => `a: &x 1\nb: [${Array.from({ length: count }, () => '*x').join(', ')}]`;
    expect(problems(uses(100))).toEqual([]);
    expect(problems(uses(101))).toEqual([
      '2:405-2:407 alias-limit: over 100 uses of aliases, or over 100000 values by them | put what is repeated into vars, a fragment or forEach',
    ]);
  });

  it('never expands an alias bomb', () => {
    const level = (k: number) => `l${k}: &l${k} [${Array.from({ length: 9 }, () => `*l${k - 1}`).join(', ')}]`;
    const text = ['l0: &l0 lol', ...Array.from({ length: 9 }, (_, k) => level(k + 1))].join('\n');
    expect(readDocument(text, 'f.yaml').diagnostics.map(({ code, span }) => `${code} ${span.line}`)).toEqual([
      'alias-limit 4',
    ]);
  });

  it('bounds what a hundred uses of something large can add', () => {
    const text = `a: &x [${Array.from({ length: 20_000 }, () => '1').join(',')}]\nb: [*x, *x, *x, *x, *x, *x]`;
    expect(readDocument(text, 'f.yaml').diagnostics.map(({ code }) => code)).toEqual(['alias-limit']);
  });

  it.each([['['], ['{a: '], ['- '], ['? '], ['a: ']])('survives %j ten thousand times', piece => {
    expect(readDocument(piece.repeat(10_000), 'f.yaml').root).toBeUndefined();
  });

  it('refuses what is nested so deep that readers could not walk it', () => {
    expect(problems(`${'['.repeat(201)}${']'.repeat(201)}`)).toEqual([]);
    expect(readDocument(`${'['.repeat(300)}${']'.repeat(300)}`, 'f.yaml').diagnostics.map(({ code }) => code)).toEqual([
      'too-deep',
    ]);
  });

  it('tells two hundred problems at most', () => {
    expect(readDocument('- 0x1\n'.repeat(1000), 'f.yaml').diagnostics).toHaveLength(200);
  });

  it('reads a map of many keys without comparing each with each', { timeout: 20_000 }, () => {
    expect(problems(Array.from({ length: 50_000 }, (_, k) => `k${k}: 1`).join('\n'))).toEqual([]);
  });
});

const pieces = [
  'a',
  'b: ',
  '- ',
  '{ ',
  ' }',
  '[',
  ']',
  ', ',
  '"',
  "'",
  '|\n',
  '>',
  '&x ',
  '*x',
  '!t ',
  '!!str ',
  '\n',
  '\n  ',
  '\t',
  '---\n',
  '...\n',
  '%YAML 1.2\n',
  '? ',
  ': ',
  '# c',
  '<<: ',
  '0x1',
  '1e3',
  '$(a)',
  '\u0000',
  '\ud800',
  '☃',
  '\r\n',
];

describe('whatever the text is', { timeout: 30_000 }, () => {
  it('never throws, and gives a tree or a problem', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map(parts => parts.join('')),
    );
    fc.assert(
      fc.property(text, written => {
        const { root, diagnostics } = readDocument(written, 'f.yaml');
        expect(root !== undefined || diagnostics.length > 0).toBe(true);
        const lines = written.split('\n').length;
        for (const { span } of diagnostics) {
          expect(span.line).toBeGreaterThanOrEqual(1);
          expect(span.endLine).toBeLessThanOrEqual(lines);
          expect(span.endLine > span.line || span.endColumn >= span.column).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws on a good file that somebody broke', () => {
    const good =
      'antiphon: 1\nscenario: a title\nclients: { a: user, b: &x { as: user } }\nsteps:\n  - client: a\n    send: [ { t: "x" }, *x ]\n    expect: |\n      text\n';
    const edit = fc.tuple(fc.nat(good.length), fc.nat(6), fc.constantFrom(...pieces));
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), edits => {
        const broken = edits.reduce(
          (text, [at, removed, added]) => text.slice(0, at) + added + text.slice(at + removed),
          good,
        );
        const { root, diagnostics } = readDocument(broken, 'f.yaml');
        expect(root !== undefined || diagnostics.length > 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

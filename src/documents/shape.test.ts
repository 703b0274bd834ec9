import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentSchema } from './document-schema.ts';
import { atLeastOneOf, atMostOneOf, notBeside, onlyBeside } from './key-rules.ts';
import { list, oneOrMany } from './list-shapes.ts';
import { mapOf } from './map-shapes.ts';
import { object, optional, required } from './object-shape.ts';
import { readDocument } from './read-document.ts';
import { boolean, duration, integer, name, number, oneOf, orReference, plainDuration, text } from './scalar-shapes.ts';
import { bare, checked, mapped, named, node, type Shape } from './shape.ts';
import { byKey, byNode } from './union-shapes.ts';

function reading<T>(shape: Shape<T>, yaml: string): { value: T | undefined; problems: string[] } {
  const problems: string[] = [];
  const value = shape.read(readDocument(yaml, 'f.yaml').root!, ({ code, message, span, suggestion }) =>
    problems.push(
      `${span.line}:${span.column} ${code}: ${message}${suggestion === undefined ? '' : ` | ${suggestion}`}`,
    ),
  );
  return { value, problems };
}

function value(shape: Shape<unknown>, yaml: string): unknown {
  const read = reading(shape, yaml);
  expect(read.problems).toEqual([]);
  return read.value;
}

function problems(shape: Shape<unknown>, yaml: string): string[] {
  const read = reading(shape, yaml);
  expect(read.value).toBeUndefined();
  return read.problems;
}

describe('scalars', () => {
  it.each<[string, Shape<unknown>, string, unknown]>([
    ['text', bare(text()), 'hello', 'hello'],
    ['quoted number', bare(text()), '"5"', '5'],
    ['name', bare(name()), 'alice-2', 'alice-2'],
    ['integer', bare(integer({ min: 1 })), '5', 5],
    ['number', bare(number()), '1.5', 1.5],
    ['boolean', bare(boolean()), 'true', true],
    ['one of', bare(oneOf('stop', 'go')), 'go', 'go'],
    ['plain duration', bare(plainDuration), '20 ms', '20 ms'],
  ])('%s', (_title, shape, yaml, expected) => expect(value(shape, yaml)).toEqual(expected));

  it.each<[string, Shape<unknown>, string, string[]]>([
    ['text', text(), '401', ['1:1 wrong-type: expected text, came the number 401 | put it in quotes: "401"']],
    ['text', text(), 'true', ['1:1 wrong-type: expected text, came true | put it in quotes: "true"']],
    ['text', text(), '~', ['1:1 wrong-type: expected text, came nothing (null)']],
    [
      'text',
      text({ minLength: 3, expected: 'a title' }),
      'ab',
      ['1:1 wrong-type: expected a title, came the text "ab"'],
    ],
    ['name', name(), '2nd', ['1:1 wrong-type: expected a name of letters, digits, _ and -, came the text "2nd"']],
    ['integer', integer({ min: 1 }), '0', ['1:1 wrong-type: expected a whole number of at least 1, came the number 0']],
    [
      'integer',
      integer({ max: 9 }),
      '10',
      ['1:1 wrong-type: expected a whole number of at most 9, came the number 10'],
    ],
    [
      'integer',
      integer({ min: 1, max: 9 }),
      '1.5',
      ['1:1 wrong-type: expected a whole number from 1 to 9, came the number 1.5'],
    ],
    [
      'integer',
      integer(),
      '"5"',
      ['1:1 wrong-type: expected a whole number, came the text "5" | write it without quotes: 5'],
    ],
    ['number', number(), '[1]', ['1:1 wrong-type: expected a number, came a list of 1']],
    ['boolean', boolean(), 'yes', ['1:1 wrong-type: expected true or false, came the text "yes"']],
    [
      'one of',
      oneOf('must', 'should', 'may'),
      'mst',
      ['1:1 wrong-type: expected must, should or may, came the text "mst" | write must'],
    ],
    [
      'duration',
      duration,
      '5',
      ['1:1 unit-missing: expected a duration such as 20 ms, 4 s or 2 min, came the number 5 | add a unit: 5 s'],
    ],
    [
      'duration',
      duration,
      '5 sec',
      ['1:1 wrong-type: expected a duration such as 20 ms, 4 s or 2 min, came the text "5 sec"'],
    ],
    [
      'plain duration',
      plainDuration,
      '$(x)',
      ['1:1 wrong-type: expected a duration such as 20 ms, 4 s or 2 min, came the text "$(x)"'],
    ],
    [
      'or reference',
      orReference(integer()),
      '{ a: 1, b: 2, c: 3, d: 4, e: 5 }',
      ['1:1 wrong-type: expected a whole number, came a map with the keys a, b, c, d, …'],
    ],
    [
      'long text',
      integer(),
      'x'.repeat(50),
      [`1:1 wrong-type: expected a whole number, came the text "${'x'.repeat(39)}…"`],
    ],
  ])('%s refuses', (_title, shape, yaml, expected) => expect(problems(shape, yaml)).toEqual(expected));

  it('takes a reference for what is known later', () => {
    expect(reading(orReference(integer()), '$(n + 1)').problems).toEqual([]);
    expect(reading(duration, '$(timers.call)').problems).toEqual([]);
  });
});

describe('lists and maps', () => {
  const numbers = oneOrMany(bare(integer()), { min: 1, distinct: true });

  it('one element may stand without the list', () => {
    expect(value(numbers, '5')).toEqual([5]);
    expect(value(numbers, '[5, 6]')).toEqual([5, 6]);
  });

  it.each<[Shape<unknown>, string, string[]]>([
    [numbers, '[]', ['1:1 list-too-short: expected at least 1, came an empty list']],
    [numbers, '[1, 2, 1]', ['1:8 listed-twice: "1" stands twice in one list | remove one of them']],
    [
      numbers,
      '[a, 1, b]',
      [
        '1:2 wrong-type: expected a whole number, came the text "a"',
        '1:8 wrong-type: expected a whole number, came the text "b"',
      ],
    ],
    [list(text()), 'a', ['1:1 wrong-type: expected a list, each element text, came the text "a"']],
    [mapOf(text()), '[]', ['1:1 wrong-type: expected a map from names to text, came an empty list']],
    [
      mapOf(text()),
      '{ 2a: x, b: 1 }',
      [
        '1:3 bad-name: expected a name of letters, digits, _ and -, came the key "2a"',
        '1:13 wrong-type: expected text, came the number 1 | put it in quotes: "1"',
      ],
    ],
    [mapOf(text(), { min: 1 }), '{}', ['1:1 entry-count: expected at least 1 entry, came 0']],
    [mapOf(text(), { min: 1, max: 1 }), '{ a: x, b: y }', ['1:1 entry-count: expected exactly 1 entry, came 2']],
    [mapOf(text(), { max: 2 }), '{ a: x, b: y, c: z }', ['1:1 entry-count: expected at most 2 entries, came 3']],
  ])('refuses %#', (shape, yaml, expected) => expect(problems(shape, yaml)).toEqual(expected));

  it('keeps the written order and the places of a map', () => {
    expect(value(mapOf(bare(text())), 'b: x\na: y')).toEqual([
      { name: { value: 'b', span: at(1, 1, 2) }, value: 'x', span: at(1, 1, 5) },
      { name: { value: 'a', span: at(2, 1, 2) }, value: 'y', span: at(2, 1, 5) },
    ]);
  });
});

function at(line: number, column: number, endColumn: number) {
  return { file: 'f.yaml', line, column, endLine: line, endColumn };
}

const step = object(
  {
    client: required(bare(name()), 'Who.'),
    send: optional(bare(text()), 'What.'),
    raw: optional(bare(text()), 'What, as it is.'),
    times: optional(bare(integer()), 'How often.'),
    close: optional(bare(boolean()), 'The end.'),
    window: optional(bare(integer()), 'How many at once.'),
  },
  {
    expected: 'a step',
    title: 'Step',
    description: 'Does something.',
    hints: { frame: 'put it under expect' },
    rules: [
      atLeastOneOf(['send', 'raw', 'close'], 'a step'),
      atMostOneOf(['send', 'raw', 'close'], 'a step does one thing'),
      onlyBeside('times', ['send', 'raw'], 'only messages are repeated'),
      notBeside('window', ['raw', 'close'], 'nothing is answered'),
    ],
  },
);

describe('objects', () => {
  it('give their members and their place', () => {
    expect(value(step, 'client: a\nsend: hi')).toEqual({
      client: 'a',
      send: 'hi',
      span: { ...at(1, 1, 9), endLine: 2 },
    });
  });

  it.each([
    ['- a', ['1:1 wrong-type: expected a step, came a list of 1']],
    [
      'clinet: a\nsend: hi',
      [
        '1:1 unknown-key: unknown key "clinet" in a step | did you mean client?',
        '1:1 missing-key: a step needs the key client | add client: a name of letters, digits, _ and -',
      ],
    ],
    ['client: a\nsend: hi\nframe: x', ['3:1 unknown-key: unknown key "frame" in a step | put it under expect']],
    [
      'client: a\nsend: hi\nxyzzy: x',
      ['3:1 unknown-key: unknown key "xyzzy" in a step | known here: client, send, raw, times, close or window'],
    ],
    ['client: a', ['1:1 missing-key: a step needs send, raw or close']],
    [
      'client: a\nsend: hi\nclose: true',
      ['3:1 keys-conflict: send and close cannot stand together: a step does one thing'],
    ],
    [
      'client: a\nclose: true\ntimes: 2',
      ['3:1 key-alone: times needs send or raw beside it: only messages are repeated'],
    ],
    ['client: a\nraw: x\nwindow: 2', ['3:1 keys-conflict: window and raw cannot stand together: nothing is answered']],
    [
      'client: 1\nsend: 2\ntimes: x',
      [
        '1:9 wrong-type: expected a name of letters, digits, _ and -, came the number 1',
        '2:7 wrong-type: expected text, came the number 2 | put it in quotes: "2"',
        '3:8 wrong-type: expected a whole number, came the text "x"',
      ],
    ],
  ])('%j', (yaml, expected) => expect(problems(step, yaml)).toEqual(expected));

  it('know no key that every object inherits', () => {
    expect(problems(step, 'client: a\nsend: hi\nconstructor: x\n__proto__: y')).toEqual([
      '3:1 unknown-key: unknown key "constructor" in a step | known here: client, send, raw, times, close or window',
      '4:1 unknown-key: unknown key "__proto__" in a step | known here: client, send, raw, times, close or window',
    ]);
  });
});

describe('unions', () => {
  const either = byKey<unknown>(
    { client: step, include: object({ include: required(text(), 'What.') }, { expected: 'an include' }) },
    'a step or an include',
  );

  it.each([
    ['[]', ['1:1 wrong-type: expected a step or an include, came an empty list']],
    [
      'inclde: x',
      ['1:1 missing-key: a step or an include needs one of the keys client or include | did you mean include?'],
    ],
    ['xyzzy: x', ['1:1 missing-key: a step or an include needs one of the keys client or include']],
    [
      'include: x\nclient: a\nsend: y',
      ['1:1 unknown-key: unknown key "include" in a step | known here: client, send, raw, times, close or window'],
    ],
  ])('%j', (yaml, expected) => expect(problems(either, yaml)).toEqual(expected));

  it('by node', () => {
    const shape = byNode<unknown>({ scalar: bare(text()), map: mapOf(bare(text())) }, 'text or a map');
    expect(value(shape, 'x')).toBe('x');
    expect(problems(shape, '[x]')).toEqual(['1:1 wrong-type: expected text or a map, came a list of 1']);
  });
});

describe('schemas', () => {
  const tree: Shape<unknown> = named(
    'tree',
    () =>
      object(
        { value: required(duration, 'How long.'), children: optional(list(tree), 'Below.') },
        { expected: 'a tree', title: 'Tree' },
      ),
    'a tree',
  );

  it('say what the reader says, with words for the editor', () => {
    expect(documentSchema(step, { fileName: 'step.schema.json', title: 'A step', description: 'Of a test.' })).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'https://antiphon.dev/schemas/step.schema.json',
      title: 'A step',
      description: 'Of a test.',
      type: 'object',
      required: ['client'],
      properties: {
        client: { type: 'string', pattern: '^[A-Za-z][\\w-]*$', description: 'Who.' },
        send: { type: 'string', description: 'What.' },
        raw: { type: 'string', description: 'What, as it is.' },
        times: { type: 'integer', description: 'How often.' },
        close: { type: 'boolean', description: 'The end.' },
        window: { type: 'integer', description: 'How many at once.' },
      },
      additionalProperties: false,
      allOf: [
        { anyOf: [{ required: ['send'] }, { required: ['raw'] }, { required: ['close'] }] },
        { $comment: 'a step does one thing', dependentSchemas: { send: { properties: { raw: false, close: false } } } },
        { $comment: 'a step does one thing', dependentSchemas: { raw: { properties: { close: false } } } },
        {
          $comment: 'only messages are repeated',
          dependentSchemas: { times: { anyOf: [{ required: ['send'] }, { required: ['raw'] }] } },
        },
        { $comment: 'nothing is answered', dependentSchemas: { window: { properties: { raw: false, close: false } } } },
      ],
      $defs: {},
    });
  });

  it('name what contains itself, and give only what is referred to', () => {
    const schema = documentSchema(object({ tree: required(tree, 'The root.') }, { expected: 'a file' }), {
      fileName: 'tree.schema.json',
      title: 'A tree',
      description: 'Of a test.',
      definitions: new Map([['unused', true]]),
    });
    expect(schema.properties).toEqual({ tree: { $ref: '#/$defs/tree', description: 'The root.' } });
    expect(Object.keys(schema.$defs as object)).toEqual(['duration', 'tree']);
  });

  it('let a definition of the publisher win', () => {
    const schema = documentSchema(list(tree), {
      fileName: 'l',
      title: 'l',
      description: 'l',
      definitions: new Map([['tree', { const: 1 }]]),
    });
    expect(schema.$defs).toEqual({ tree: { const: 1 } });
  });

  it('need every definition', () => {
    const options = { fileName: 'l', title: 'l', description: 'l' };
    expect(() => documentSchema(list(node('pattern')), options)).toThrow(
      'the schema refers to the definition pattern, which nobody gives',
    );
  });
});

describe('whatever stands there', () => {
  it('a shape gives a value or reports an error, never both and never neither', () => {
    const shapes: Shape<unknown>[] = [
      step,
      mapped(mapOf(checked(text())), () => 1),
      oneOrMany(duration),
      orReference(number()),
      byNode({ map: step }, 'a step'),
    ];
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...shapes), (json, shape) => {
        const root = readDocument(JSON.stringify(json), 'f.yaml').root;
        if (!root) return;
        let errors = 0;
        const read = shape.read(root, () => {
          errors += 1;
        });
        expect(read === undefined).toBe(errors > 0);
      }),
    );
  });
});

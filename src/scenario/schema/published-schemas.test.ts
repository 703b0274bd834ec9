import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readLanguageFile } from '../files/read-file.ts';
import { languageDefinitions, publishedSchemas } from './published-schemas.ts';

const { default: Ajv } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof Ajv2020;

const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
const schemas = publishedSchemas();
const validators = new Map(
  [...schemas].map(([name, text]) => [name.replace('.schema.json', ''), ajv.compile(JSON.parse(text))]),
);

const folder = new URL('../files/fixtures/', import.meta.url);
const examples = readdirSync(folder)
  .filter(name => name.endsWith('.yaml'))
  .map(name => ({
    name,
    kind: /\.(\w+)\.yaml$/.exec(name)![1]!,
    document: parse(readFileSync(new URL(name, folder), 'utf8')) as Json,
  }));

type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

function schemaAccepts(kind: string, document: Json): boolean {
  return validators.get(kind)!(document) as boolean;
}

/** What the reader says; nothing when it accepts. */
function readerRefuses(document: Json): string[] {
  // JSON is YAML: what is judged is the structure, not how it is written.
  return readLanguageFile(JSON.stringify(document), 'f.yaml').diagnostics.map(
    ({ code, message }) => `${code}: ${message}`,
  );
}

describe('the published schemas', () => {
  it.each([...schemas.keys()])('%s is the file in schemas/', name => {
    const published = readFileSync(new URL(`../../../schemas/${name}`, import.meta.url), 'utf8');
    expect(schemas.get(name) === published, 'write the schemas again').toBe(true);
  });

  it.each(examples.map(({ name, kind, document }) => [name, kind, document] as const))(
    'accept %s',
    (_name, kind, document) => {
      const validate = validators.get(kind)!;
      expect(validate(document) ? [] : validate.errors).toEqual([]);
      expect(readerRefuses(document)).toEqual([]);
    },
  );

  it('have words for every key', () => {
    const wordless = [...schemas.values()].flatMap(text => keysWithoutWords(JSON.parse(text), ''));
    expect([...new Set(wordless)]).toEqual([]);
  });

  it('offer what files with steps and patterns refer to', () => {
    expect([...languageDefinitions().keys()]).toEqual(
      expect.arrayContaining(['steps', 'step', 'expectation', 'pattern', 'patterns', 'built']),
    );
  });
});

/** Places of properties that have neither a description of their own nor one behind their reference. */
function keysWithoutWords(schema: Json, at: string): string[] {
  if (Array.isArray(schema)) return schema.flatMap((each, k) => keysWithoutWords(each, `${at}/${k}`));
  if (schema === null || typeof schema !== 'object') return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const below = keysWithoutWords(value, `${at}/${keyword}`);
    if (
      keyword !== 'properties' ||
      at.includes('dependentSchemas') ||
      value === null ||
      typeof value !== 'object' ||
      Array.isArray(value)
    )
      return below;
    const bare = Object.entries(value).filter(
      ([, property]) => property === null || typeof property !== 'object' || !('description' in property),
    );
    return [
      ...below,
      ...bare.filter(([key]) => key !== 'min' && key !== 'max').map(([key]) => `${at}/properties/${key}`),
    ];
  });
}

/** What only the reader can see: the schema accepts these. */
const seenByReaderOnly = [
  /^key-order: /,
  /^duplicate-case: /,
  /^bounds-crossed: /,
  /^no-such-day: /,
  // Which keys of a disruption go with which word under `do`.
  /^missing-key: stop-reading needs /,
  /^keys-conflict: (disconnect is for good|only who reconnects joins again)/,
];

/** Patterns and built values are read elsewhere: the schema is stricter inside them. */
const valuePlaces =
  /\/(frame|text|send|raw|call|with|json|body|ignore|vars|params|headers|query|status|code|content|cases|path|forEach|name|filename|type)(\/|$)/;

type Path = readonly (string | number)[];

function pathsOf(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, child]) =>
      pathsOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

function changed(
  document: Json,
  path: Path,
  change: (parent: { [key: string | number]: Json }, key: string | number) => void,
): Json {
  const copy = structuredClone(document);
  const parent = path
    .slice(0, -1)
    .reduce<Json>((value, key) => (value as { [key: string | number]: Json })[key]!, copy);
  change(parent as { [key: string | number]: Json }, path.at(-1)!);
  return copy;
}

const otherValues: readonly Json[] = [
  null,
  true,
  0,
  1,
  -1,
  1.5,
  '',
  'x',
  'some text',
  '5 s',
  '$(name)',
  [],
  ['x'],
  {},
  { x: 1 },
  [[]],
];

const mutations = [
  (parent: { [key: string | number]: Json }, key: string | number) => {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  },
  (parent: { [key: string | number]: Json }, key: string | number) => {
    if (Array.isArray(parent)) return;
    const value = parent[key]!;
    delete parent[key];
    parent[`${key}x`] = value;
  },
];

describe('schema and reader', { timeout: 60_000 }, () => {
  const places = examples.flatMap(example =>
    pathsOf(example.document)
      .filter(
        path =>
          path.length > 0 &&
          !valuePlaces.test(`/${path.join('/')}`) &&
          path[0] !== example.kind &&
          path[0] !== 'antiphon',
      )
      .map(path => ({ ...example, path })),
  );

  function expectAgreement(kind: string, mutant: Json): void {
    const accepted = schemaAccepts(kind, mutant);
    const refusals = readerRefuses(mutant);
    if (accepted)
      expect(
        refusals.filter(refusal => !seenByReaderOnly.some(known => known.test(refusal))),
        JSON.stringify(mutant),
      ).toEqual([]);
    else expect(refusals, JSON.stringify(mutant)).not.toEqual([]);
  }

  it('agree about a key that is removed or renamed, at every place', () => {
    for (const { kind, document, path } of places) {
      for (const mutate of mutations) expectAgreement(kind, changed(document, path, mutate));
    }
  });

  it('agree about a value of another type, at any place', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom(...otherValues), ({ kind, document, path }, value) => {
        expectAgreement(
          kind,
          changed(document, path, (parent, key) => {
            parent[key] = value;
          }),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('agree about a key too many, at any place', () => {
    const keys = [
      'check',
      'frame',
      'send',
      'expect',
      'times',
      'within',
      'repeat',
      'until',
      'xyzzy',
      'steps',
      'grade',
      'min',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.constantFrom(...keys),
        fc.constantFrom(...otherValues),
        ({ kind, document, path }, key, value) => {
          const mutant = changed(document, [...path, key], parent => {
            if (typeof parent === 'object' && parent !== null && !Array.isArray(parent) && !(key in parent))
              parent[key] = value;
          });
          expectAgreement(kind, mutant);
        },
      ),
      { numRuns: 500 },
    );
  });
});

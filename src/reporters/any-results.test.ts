import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Results } from '../evidence/results.ts';
import { cellsOf } from './cells.ts';
import { renderJson } from './json.ts';
import { reporterNames, reporters } from './registry.ts';

interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly pattern?: string;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const schema = JSON.parse(
  readFileSync(new URL('../../schemas/results.schema.json', import.meta.url), 'utf8'),
) as Schema;

// Any text at all, and what is most likely to do harm in each kind of report.
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '\u001b[2J\u001b]0;title\u0007',
    ']]>',
    '</failure><!--',
    '\r\n::error::injected\n',
    '\u202egnp.exe',
    '\ud800',
    '\u0000\u009b31m',
    '日本語'.repeat(40),
    'x'.repeat(3000),
  ),
);

/** Whatever the schema allows. */
function arbitraryOf(node: Schema): fc.Arbitrary<unknown> {
  if (node.$ref) return arbitraryOf(schema.$defs![node.$ref.slice('#/$defs/'.length)]!);
  if ('const' in node) return fc.constant(node.const);
  if (node.enum) return fc.constantFrom(...node.enum);
  if (node.pattern) return fc.constantFrom('2026-11-30T17:48:59.000Z', '2026-11-30T17:48:59Z');
  if (node.type === 'string') return text;
  if (node.type === 'boolean') return fc.boolean();
  if (node.type === 'integer') return fc.integer({ min: 1, max: 300 });
  if (node.type === 'number') return fc.double({ min: 0, max: 1e9, noNaN: true });
  if (node.type === 'array') return fc.array(arbitraryOf(node.items!), { maxLength: 3 });
  if (node.additionalProperties)
    return fc.dictionary(text, arbitraryOf(node.additionalProperties), { maxKeys: 3, noNullPrototype: true });
  const members = Object.entries(node.properties!).map(([name, member]) => [name, arbitraryOf(member)]);
  return fc.record(Object.fromEntries(members), { requiredKeys: node.required as never[], noNullPrototype: true });
}

const anyResults = arbitraryOf(schema) as fc.Arbitrary<Results>;
const runs = { numRuns: 60 };
// All that must not reach a terminal or a person raw.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('whatever the results say', () => {
  test.each(reporterNames)('%s shows no control character, nothing invisible and no half character', name => {
    fc.assert(
      fc.property(anyResults, results => {
        const rendered = reporters.get(name)!.render(results, { width: 80, color: false });
        expect(unseen.exec(rendered.replaceAll('\n', ''))?.[0]).toBeUndefined();
      }),
      runs,
    );
  });

  test('the console keeps to its width', () => {
    fc.assert(
      fc.property(anyResults, fc.integer({ min: 72, max: 200 }), (results, width) => {
        const rendered = reporters.get('console')!.render(results, { width, color: false });
        expect(rendered.split('\n').filter(line => cellsOf(line) > width)).toEqual([]);
      }),
      runs,
    );
  });

  test('colours say nothing that the words do not', () => {
    fc.assert(
      fc.property(anyResults, results => {
        const render = (color: boolean) => reporters.get('console')!.render(results, { width: 100, color });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours
        expect(render(true).replace(/\u001b\[(1|2|22|31|32|33|39)m/g, '')).toBe(render(false));
      }),
      runs,
    );
  });

  test('results.json holds it, and does not depend on the order of members', () => {
    fc.assert(
      fc.property(anyResults, results => {
        const rendered = renderJson(results);
        expect(JSON.parse(rendered)).toEqual(results);
        expect(renderJson(reversed(results) as Results)).toBe(rendered);
      }),
      runs,
    );
  });

  test('an annotation is one line', () => {
    fc.assert(
      fc.property(anyResults, results => {
        const lines = reporters.get('github')!.render(results, { width: 80, color: false }).split('\n').slice(0, -1);
        expect(
          lines.filter(
            line => !/^::(error|warning) file=[^:,]*,line=\d+,endLine=\d+,col=\d+,title=[^:,]*::/.test(line),
          ),
        ).toEqual([]);
      }),
      runs,
    );
  });

  test('junit.xml is XML, and as schemas/junit.xsd says', () => {
    fc.assert(
      fc.property(anyResults, results => {
        const root = readXml(reporters.get('junit')!.render(results, { width: 80, color: false }));
        expect(violations(root)).toEqual([]);
      }),
      runs,
    );
  });
});

describe('junit.xml', () => {
  const rendered = readFileSync(new URL('samples/junit.xml', import.meta.url), 'utf8');

  test('of the sample is as schemas/junit.xsd says', () => expect(violations(readXml(rendered))).toEqual([]));

  // The checks above are worth something only if they can fail.
  test.each([
    ['a missing attribute', ' time="12.346"', '', ['testsuites: time is missing']],
    ['an unknown attribute', '<property name="tool"', '<property more="1" name="tool"', ['property: more is unknown']],
    ['a wrong value', 'tests="21"', 'tests="-1"', ['testsuites: tests="-1"']],
    [
      'an unknown element',
      '<system-out>',
      '<other/><system-out>',
      ['testcase: properties other system-out', 'other is unknown'],
    ],
    ['text where none belongs', '<properties>', '<properties>text', ['properties: text is not expected']],
  ])('is checked for %s', (_, from, to, expected) => {
    expect(violations(readXml(rendered.replace(from, to)))).toEqual(expected);
  });

  test.each([
    '<a>',
    '<a></b>',
    '<a b="1" b="2"/>',
    '<a>&nbsp;</a>',
    '<a>]]></a>',
    '<a>\u0001</a>',
    '<a b="<"/>',
    '<a/><b/>',
  ])('is no XML: %j', broken => {
    expect(() => readXml(broken)).toThrow();
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

interface XmlElement {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** A strict reader of the XML that is used here: elements, attributes, text, comments and the five entities. */
function readXml(source: string): XmlElement {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(source))
    throw new Error('a character that XML cannot hold');
  const top: XmlElement = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [top];
  const rest = source.replace(/^<\?xml [^?]*\?>/, '').replace(/<!--.*?-->/gs, '');
  const token = /<\/([\w:-]+)>|<([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let end = 0;
  for (const [all, closing, opening, attributes = '', empty, characters] of rest.matchAll(token)) {
    end += all.length;
    const parent = open.at(-1)!;
    if (closing !== undefined && open.pop()!.name !== closing) throw new Error(`</${closing}> closes nothing`);
    if (characters !== undefined) parent.text += decoded(characters);
    if (opening === undefined) continue;
    const child: XmlElement = { name: opening, attributes: new Map(), children: [], text: '' };
    for (const [, name, value] of attributes.matchAll(/([\w:-]+)="([^"]*)"/g)) {
      if (child.attributes.has(name!)) throw new Error(`${name} twice`);
      child.attributes.set(name!, decoded(value!));
    }
    parent.children.push(child);
    if (empty === '') open.push(child);
  }
  if (end !== rest.length) throw new Error(`no XML: ${rest.slice(end, end + 40)}`);
  if (open.length > 1 || top.children.length !== 1 || top.text.trim() !== '') throw new Error('not one whole element');
  return top.children[0]!;
}

function decoded(characters: string): string {
  if (characters.includes(']]>')) throw new Error(']]>');
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return characters.replace(/&([^;]*);?/g, (_, name: string) => {
    if (!Object.hasOwn(entities, name)) throw new Error(`&${name}`);
    return entities[name]!;
  });
}

/** What schemas/junit.xsd does not allow, as far as that schema goes: references, sequences, choices, attributes, patterns. */
function violations(element: XmlElement): string[] {
  const declared = xsd.children.find(
    each => each.name === 'xs:element' && each.attributes.get('name') === element.name,
  );
  if (!declared) return [`${element.name} is unknown`];
  const type = declared.children.find(({ name }) => name === 'xs:complexType');
  const attributes = type?.children.filter(({ name }) => name === 'xs:attribute') ?? [];
  const known = new Map(attributes.map(each => [each.attributes.get('name')!, each.attributes]));
  const words = element.children.map(({ name }) => name).join(' ');
  const content = new RegExp(`^${(type?.children ?? []).map(contentOf).join('')}$`);
  const mayHaveText = type === undefined || type.attributes.get('mixed') === 'true';
  return [
    ...[...known]
      .filter(([name, about]) => about.get('use') === 'required' && !element.attributes.has(name))
      .map(([name]) => `${element.name}: ${name} is missing`),
    ...[...element.attributes.keys()]
      .filter(name => !known.has(name))
      .map(name => `${element.name}: ${name} is unknown`),
    ...[...element.attributes]
      .filter(([name, value]) => known.has(name) && !patternOf(known.get(name)!.get('type')!).test(value))
      .map(([name, value]) => `${element.name}: ${name}="${value}"`),
    ...(content.test(element.children.map(({ name }) => `${name} `).join('')) ? [] : [`${element.name}: ${words}`]),
    ...(mayHaveText || element.text.trim() === '' ? [] : [`${element.name}: text is not expected`]),
    ...element.children.flatMap(violations),
  ];
}

function contentOf({ name, attributes, children }: XmlElement): string {
  if (name === 'xs:attribute') return '';
  const times = `{${attributes.get('minOccurs') ?? 1},${(attributes.get('maxOccurs') ?? '1').replace('unbounded', '')}}`;
  if (name === 'xs:element') return `(?:${attributes.get('ref')} )${times}`;
  return `(?:${children.map(contentOf).join(name === 'xs:choice' ? '|' : '')})${times}`;
}

function patternOf(type: string): RegExp {
  if (type === 'xs:string') return /^/;
  if (type === 'xs:nonNegativeInteger') return /^\d+$/;
  const simple = xsd.children.find(each => each.name === 'xs:simpleType' && each.attributes.get('name') === type)!;
  return new RegExp(`^${simple.children[0]!.children[0]!.attributes.get('value')}$`);
}

const xsd = readXml(readFileSync(new URL('../../schemas/junit.xsd', import.meta.url), 'utf8'));

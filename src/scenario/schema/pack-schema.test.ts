import { createRequire } from 'node:module';
import type Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { JsonSchema, JsonSchemaObject } from '../../documents/json-schema.ts';
import { scenarioSchemaFor } from './pack-schema.ts';

const { default: Ajv } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof Ajv2020;

const order: JsonSchema = {
  title: 'Orders something',
  type: 'object',
  required: ['type', 'what'],
  additionalProperties: false,
  properties: {
    type: { const: 'order', description: 'Names the frame.' },
    what: { enum: ['tea', 'coffee'], description: 'What is ordered.' },
    extra: { $ref: '#/$defs/extra' },
    cups: {
      type: 'array',
      description: 'Each cup.',
      items: { type: 'object', properties: { size: { type: 'integer', description: 'In millilitres.' } } },
    },
  },
  $defs: {
    extra: {
      type: 'object',
      description: 'Wishes.',
      properties: { milk: { type: 'boolean', description: 'With milk.' }, more: { $ref: '#/$defs/extra' } },
    },
  },
};

const served: JsonSchema = {
  title: 'Something is served',
  type: 'object',
  properties: { type: { const: 'served' }, cup: { type: 'string', description: 'Whose cup.' } },
};
const bill: JsonSchema = {
  title: 'The bill',
  oneOf: [
    { type: 'object', properties: { type: { const: 'bill' }, sum: { type: 'number', description: 'In cents.' } } },
    { $ref: 'elsewhere.json' },
  ],
};

const schema = scenarioSchemaFor(
  'tea-room',
  { sent: { order }, received: { served, bill } },
  {
    actors: ['guest', 'staff'],
    fragments: ['table', 'kitchen/open'],
    transports: ['websocket', 'lines'],
    checks: [{ id: 'order.once', text: 'An order is served once.' }, { id: 'steps.done' }],
    operators: [{ name: '$mode', description: 'A set of letters.' }],
  },
);

/** The schemas that hold at a place, through references and alternatives, as an editor collects them. */
function schemasAt(start: JsonSchema, path: readonly string[]): JsonSchemaObject[] {
  const open = alternativesOf(start, new Set());
  const [member, ...rest] = path;
  if (member === undefined) return open;
  return open.flatMap(each => {
    const { properties, additionalProperties, items } = each as {
      properties?: Record<string, JsonSchema>;
      additionalProperties?: JsonSchema;
      items?: JsonSchema;
    };
    const below = /^\d+$/.test(member) ? items : (properties?.[member] ?? additionalProperties);
    return below === undefined || below === false ? [] : schemasAt(below, rest);
  });
}

function alternativesOf(start: JsonSchema, seen: Set<unknown>): JsonSchemaObject[] {
  if (typeof start === 'boolean' || seen.has(start)) return [];
  seen.add(start);
  const { $ref: reference, anyOf = [] } = start as { $ref?: string; anyOf?: JsonSchema[] };
  const target =
    reference === undefined
      ? []
      : alternativesOf((schema.$defs as Record<string, JsonSchema>)[reference.replace('#/$defs/', '')]!, seen);
  return [start, ...target, ...anyOf.flatMap(each => alternativesOf(each, seen))];
}

/** What an editor offers: keys with their words, and fixed values. */
function offeredKeys(path: string): Record<string, string | undefined> {
  const keys: Record<string, string | undefined> = {};
  for (const { properties = {} } of schemasAt(schema, path.split('/')) as {
    properties?: Record<string, { description?: string }>;
  }[]) {
    for (const [key, { description }] of Object.entries(properties)) keys[key] ??= description;
  }
  return keys;
}

function offeredValues(path: string): unknown[] {
  const values = schemasAt(schema, path.split('/')).flatMap(each =>
    'const' in each ? [each.const] : Array.isArray(each.enum) ? each.enum : [],
  );
  return [...new Set(values)];
}

describe('what an editor offers', () => {
  it('members of sent frames, with their words, beside builders', () => {
    const keys = offeredKeys('steps/0/send');
    expect(keys).toMatchObject({
      type: 'Names the frame.',
      what: 'What is ordered.',
      extra: 'Wishes.',
      cups: 'Each cup.',
    });
    expect(keys).toHaveProperty('$fill');
    expect(keys).not.toHaveProperty('cup');
    expect(offeredKeys('steps/0/send/0')).toMatchObject({ what: 'What is ordered.' });
  });

  it('members inside members, elements and definitions', () => {
    expect(offeredKeys('steps/0/send/extra')).toMatchObject({ milk: 'With milk.' });
    expect(offeredKeys('steps/0/send/cups/0')).toMatchObject({ size: 'In millilitres.' });
  });

  it('members of received frames in every pattern of a frame', () => {
    for (const place of [
      'expect/frame',
      'expect/0/frame',
      'expect/anyOrder/0/frame',
      'expect/0/verify/frame',
      'never/frame',
      'ignore/0',
    ]) {
      expect(offeredKeys(`steps/0/${place}`), place).toMatchObject({
        cup: 'Whose cup.',
        sum: 'In cents.',
        $oneOf: 'One of these matches.',
        $mode: 'A set of letters.',
      });
    }
  });

  it('kinds, fixed values, matchers', () => {
    expect(offeredValues('steps/0/expect/frame/type')).toEqual(
      expect.arrayContaining(['served', 'bill', '$any', '$string', '$mode']),
    );
    expect(offeredValues('steps/0/send/what')).toEqual(expect.arrayContaining(['tea', 'coffee']));
    expect(offeredKeys('steps/0/expect/frame/cup')).toMatchObject({
      $string: expect.any(String),
      $as: expect.any(String),
    });
  });

  it('names of the pack', () => {
    expect(offeredValues('clients/alice')).toEqual(['guest', 'staff', 'connected', 'offline']);
    expect(offeredValues('clients/alice/transport')).toEqual(['websocket', 'lines']);
    expect(offeredValues('steps/0/include')).toEqual(['table', 'kitchen/open']);
    expect(offeredValues('steps/0/expect/check')).toEqual(['order.once', 'steps.done']);
    expect(offeredValues('protocol')).toEqual(['tea-room']);
  });

  it('keys of steps and items', () => {
    expect(Object.keys(offeredKeys('steps/0'))).toEqual(
      expect.arrayContaining(['client', 'send', 'expect', 'include', 'fetch', 'restart', 'forEach']),
    );
    expect(Object.keys(offeredKeys('steps/0/expect'))).toEqual(
      expect.arrayContaining(['frame', 'closed', 'anyOrder', 'repeat', 'byTransport']),
    );
  });
});

describe('the schema of a pack', () => {
  const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(schema);
  const scenario = (client: string, step: string) =>
    parse(
      `antiphon: 1\nscenario: a title\nprotocol: tea-room\nclients: { alice: ${client} }\nsteps: [{ client: alice, ${step} }]`,
    );

  it.each([
    ['guest', 'send: { type: order, what: tea, extra: { milk: true } }'],
    ['staff', 'send: { type: order, what: $(what), cups: { $json: [] } }'],
    ['guest', 'send: [{ type: nonsense }], invalid: true'],
    ['guest', 'send: "{"'],
    [
      'guest',
      'expect: { check: order.once/twice, frame: { type: { $oneOf: [served, bill] }, cup: { $mode: JRW, $as: cup } } }',
    ],
    ['guest', 'expect: { check: $(case.check), frame: { other: { deep: [$any] } } }'],
    ['guest', 'expect: { frame: $(whole) }'],
    ['guest', 'expect: { text: $mode }'],
  ])('accepts a client %s with %s', (client, step) => {
    expect(validate(scenario(client, step)) ? [] : validate.errors).toEqual([]);
  });

  it.each([
    ['guset', 'until: barrier'],
    ['guest', 'expect: { frame: { type: served }, check: order.twice }'],
    ['guest', 'expect: { frame: { cup: { $mod: JRW } } }'],
    ['guest', 'expect: { frame: { cup: $mod } }'],
    ['{ as: guest, transport: pigeon }', 'until: barrier'],
  ])('refuses a client %s with %s', (client, step) => expect(validate(scenario(client, step))).toBe(false));

  it('refuses another protocol', () => {
    expect(validate({ ...scenario('guest', 'until: barrier'), protocol: 'coffee-house' })).toBe(false);
  });
});

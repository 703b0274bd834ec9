import { expect, test } from 'vitest';
import type { FrameSchema } from './frame-validator.ts';
import { schemaChoices } from './schema-choices.ts';

const schemas: readonly FrameSchema[] = [
  {
    path: 'received/info.schema.json',
    schema: {
      properties: {
        status: { enum: ['created', 'deleted'] },
        parts: { type: 'array', items: { properties: { kind: { enum: [1, 2] } } } },
        how: { $ref: '#/$defs/how' },
        who: { anyOf: [{ type: 'string' }, { properties: { mood: { $ref: '../mood.schema.json' } } }] },
        self: { $ref: '#' },
        free: { type: 'string' },
      },
      additionalProperties: { enum: ['more'] },
      $defs: { how: { allOf: [{ type: 'string' }, { enum: ['slow', 'fast'] }] } },
    },
  },
  { path: 'mood.schema.json', schema: { enum: ['glad', 'sad'] } },
  { path: 'sent/ask.schema.json', schema: { properties: { status: { enum: [1] } } } },
];

test.each([
  ['/status', ['created', 'deleted']],
  ['/parts/*/kind', [1, 2]],
  ['/how', ['slow', 'fast']],
  ['/who/mood', ['glad', 'sad']],
  ['/self/self/status', ['created', 'deleted']],
  ['/other', ['more']],
  ['/free', []],
  ['/free/deeper', []],
])('the values listed for %s', (at, choices) => {
  expect(schemaChoices(schemas, 'info', at)).toEqual(choices);
});

test('only what is received has choices, and a circle of references has an end', () => {
  expect(schemaChoices(schemas, 'ask', '/status')).toEqual([]);
  const circle: readonly FrameSchema[] = [
    { path: 'received/a.schema.json', schema: { $ref: '#/$defs/b', $defs: { b: { $ref: '#' } } } },
  ];
  expect(schemaChoices(circle, 'a', '/x')).toEqual([]);
});

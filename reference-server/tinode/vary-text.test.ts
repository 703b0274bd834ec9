import { expect, it } from 'vitest';
import { createBehaviour } from '../core/behaviour.ts';
import type { VariantName } from './variants.ts';
import { varyText } from './vary-text.ts';

const written = '{"ctrl":{"id":"é\\u0065","code":200,"ts":"2026-07-04T12:00:00.5Z"}}';

it.each<[VariantName, string]>([
  ['extra-members', '{"ctrl":{"id":"ée","code":200,"ts":"2026-07-04T12:00:00.5Z","x-note":"not in the protocol"}}'],
  ['members-reordered', '{\n "ctrl": {\n  "ts": "2026-07-04T12:00:00.5Z",\n  "code": 200,\n  "id": "ée"\n }\n}'],
  ['letters-escaped', '{"ctrl":{"id":"é\\u0065","cod\\u0065":200,"ts":"2026-07-04T12:00:00.5Z"}}'],
  ['times-in-nanoseconds', '{"ctrl":{"id":"ée","code":200,"ts":"2026-07-04T12:00:00.500000000Z"}}'],
])('%s', (name, text) => {
  const behaviour = createBehaviour<never, VariantName>([], [name]);
  expect(varyText(behaviour, written)).toBe(text);
  expect(varyText(behaviour, '0')).toBe('0');
  expect(behaviour.counts()).toEqual({ [name]: 1 });
});

it('leaves everything as it is where nothing is varied', () => {
  expect(varyText(createBehaviour(), written)).toBe(written);
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packBatches } from './batches.ts';

it('sends a single action without a batch', () => {
  expect(packBatches(['{"a":1}'], 4096)).toEqual(['{"a":1}']);
  expect(packBatches([], 4096)).toEqual([]);
});

it('packs actions in order into batches that fit, and loses none', () => {
  const action = fc.string({ unit: 'grapheme', maxLength: 40 }).map(text => JSON.stringify({ text }));
  fc.assert(
    fc.property(fc.array(action), fc.integer({ min: 256, max: 400 }), (actions, frameBytes) => {
      const packed = packBatches(actions, frameBytes);
      for (const text of packed) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(Math.max(frameBytes, 256));
      const unpacked = packed.flatMap(text => JSON.parse(text).actions ?? [JSON.parse(text)]);
      expect(unpacked).toEqual(actions.map(text => JSON.parse(text)));
    }),
  );
});

it('fills a frame to its last byte', () => {
  const actions = ['{"a":1}', '{"b":2}'];
  const whole = '{"type":"batch-mode-action","actions":[{"a":1},{"b":2}]}';
  expect(packBatches(actions, whole.length)).toEqual([whole]);
  expect(packBatches(actions, whole.length - 1)).toEqual(actions);
});

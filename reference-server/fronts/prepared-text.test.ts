import { expect, it } from 'vitest';
import { prepareText } from './prepared-text.ts';

it.each([
  [0, '8100'],
  [1, '8101'],
  [125, '817d'],
  [126, '817e007e'],
  [65_535, '817effff'],
  [65_536, '817f0000000000010000'],
])('writes the length of a payload of %i bytes', (sizeBytes, head) => {
  const frame = prepareText('x'.repeat(sizeBytes)).frame();
  expect(frame.subarray(0, -sizeBytes || frame.length).toString('hex')).toBe(head);
  expect(frame.length).toBe(head.length / 2 + sizeBytes);
});

it('counts bytes, not characters', () => {
  expect(prepareText('ü').frame().toString('hex')).toBe('8102c3bc');
});

it('has two fragments that are one text together', () => {
  expect(prepareText('aü').fragments().toString('hex')).toBe('010161' + '8002c3bc');
});

it('makes a frame once', () => {
  const prepared = prepareText('once');
  expect(prepared.frame()).toBe(prepared.frame());
  expect(prepared.fragments()).toBe(prepared.fragments());
});

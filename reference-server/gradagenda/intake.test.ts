import { expect, it } from 'vitest';
import { createBehaviour } from '../core/behaviour.ts';
import type { GradagendaBehaviour } from './context.ts';
import { takeIn } from './intake.ts';

const plain: GradagendaBehaviour = createBehaviour();
const bytes = (...values: number[]) => Uint8Array.from(values);
const text = (value: string) => Buffer.from(value);
const exactly = (length: number) => text(`{"a":"${'x'.repeat(length - 8)}"}`);

it.each([
  ['text', text('{"a":1}'), false, { kind: 'action', source: '{"a":1}' }],
  ['blanks around it', text(' \n{} \t'), false, { kind: 'action', source: '{}' }],
  ['binary', text('{}'), true, { kind: 'close', code: 1003, reason: 'text frames only' }],
  ['at the limit', exactly(64), false, { kind: 'action', source: exactly(64).toString() }],
  ['over the limit', exactly(65), false, { kind: 'close', code: 1009, reason: 'at most 64 bytes in a frame' }],
  [
    'limit is of bytes',
    text(`{"a":"${'ü'.repeat(32)}"}`),
    false,
    { kind: 'close', code: 1009, reason: 'at most 64 bytes in a frame' },
  ],
  ['stray continuation byte', bytes(0x22, 0x80, 0x22), false, { kind: 'close', code: 1007, reason: 'not UTF-8' }],
  ['overlong', bytes(0x22, 0xc0, 0xaf, 0x22), false, { kind: 'close', code: 1007, reason: 'not UTF-8' }],
  ['encoded surrogate', bytes(0x22, 0xed, 0xa0, 0x80, 0x22), false, { kind: 'close', code: 1007, reason: 'not UTF-8' }],
  ['escaped surrogate', text('{"a":"\\ud800"}'), false, { kind: 'action', source: '{"a":"\\ud800"}' }],
  ['empty', text(''), false, { kind: 'close', code: 1007, reason: 'not JSON' }],
  ['not JSON', text('{"a":1'), false, { kind: 'close', code: 1007, reason: 'not JSON' }],
  ['byte order mark', text('\uFEFF{}'), false, { kind: 'close', code: 1007, reason: 'not JSON' }],
  ['array', text('[{}]'), false, { kind: 'close', code: 1007, reason: 'not a JSON object' }],
  ['null', text('null'), false, { kind: 'close', code: 1007, reason: 'not a JSON object' }],
  ['text value', text('"{}"'), false, { kind: 'close', code: 1007, reason: 'not a JSON object' }],
])('%s', (_, payload, binary, intake) => {
  expect(takeIn({ payload, binary }, 64, plain)).toEqual(intake);
});

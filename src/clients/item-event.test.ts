import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { itemEvent, loggedBytes } from './item-event.ts';
import { createVault } from './secrets.ts';

const open = createVault(new Map());
const event = (bytes: Uint8Array, vault = open) => itemEvent(3, 'ada', 17, { bytes, opcode: 'text' }, vault);
const base = { event: 'item', x: 3, c: 'ada', t: 17, opcode: 'text' };

describe('what arrived, as the log has it', () => {
  test('text as it is', () => {
    expect(event(Buffer.from('{"naïve":"☃"}'))).toEqual({ ...base, text: '{"naïve":"☃"}' });
  });

  test('a byte order mark is part of the text', () => {
    expect(event(Buffer.from([0xef, 0xbb, 0xbf, 0x7b]))).toEqual({ ...base, text: '\ufeff{' });
  });

  test('bytes that are no UTF-8 as base64', () => {
    expect(event(Buffer.from([0x22, 0xc3, 0x28]))).toEqual({ ...base, base64: 'IsMo', bytes: 3 });
  });

  test('what is too large by its size, digest and beginning', () => {
    const large = event(Buffer.alloc(loggedBytes + 1, 'x'));
    expect(large).toMatchObject({ ...base, bytes: loggedBytes + 1 });
    expect(large.oversize?.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(large.oversize?.head).toBe('x'.repeat(256));
    expect(large.text).toBeUndefined();
  });

  test('what was dropped counts', () => {
    expect(itemEvent(3, 'ada', 17, { bytes: Buffer.from('ab'), droppedBytes: 10 }, open)).toMatchObject({ bytes: 12 });
  });

  test('a secret by its reference, with the size that came', () => {
    const vault = createVault(new Map([['⟦env.TOKEN⟧', 'hunter2']]));
    expect(event(Buffer.from('"hunter2"'), vault)).toEqual({ ...base, text: '"⟦env.TOKEN⟧"', bytes: 9 });
  });

  test('any bytes can be had back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), bytes => {
        const logged = event(bytes);
        const again = logged.text === undefined ? Buffer.from(logged.base64!, 'base64') : Buffer.from(logged.text);
        expect(Buffer.compare(again, bytes)).toBe(0);
      }),
    );
  });
});

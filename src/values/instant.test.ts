import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInstant } from './instant.ts';

describe('isInstant', () => {
  it.each([
    '2026-11-30T12:00:00Z',
    '2026-11-30t12:00:00.5z',
    '2026-11-30T12:00:00.123456789+05:30',
    '2026-11-30T12:00:00-00:00',
    '2024-02-29T00:00:00Z',
    '2000-02-29T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '2016-12-31T23:59:60Z',
    '2017-01-01T05:29:60+05:30',
    '1990-12-31T15:59:60-08:00',
  ])('%s is RFC 3339', text => {
    expect(isInstant(text, 'rfc3339')).toBe(true);
  });

  it.each([
    '2026-11-30',
    '2026-11-30 12:00:00Z',
    '2026-11-30T12:00:00',
    '2026-11-30T12:00Z',
    '2026-11-30T12:00:00.Z',
    '2026-11-30T12:00:00+0530',
    '2026-11-30T12:00:00+24:00',
    '2026-11-30T12:00:00+05:60',
    '2026-11-30T24:00:00Z',
    '2026-11-30T12:60:00Z',
    '2026-11-30T12:00:61Z',
    '2026-11-30T12:00:60Z',
    '2026-11-31T12:00:00Z',
    '2026-13-01T12:00:00Z',
    '2026-00-01T12:00:00Z',
    '2026-01-00T12:00:00Z',
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '26-11-30T12:00:00Z',
    ' 2026-11-30T12:00:00Z',
    '2026-11-30T12:00:00Z\n',
    '',
  ])('%o is not', text => {
    expect(isInstant(text, 'rfc3339')).toBe(false);
  });

  it('takes what the engine writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
        date => {
          expect(isInstant(date.toISOString(), 'rfc3339')).toBe(true);
        },
      ),
    );
  });
});

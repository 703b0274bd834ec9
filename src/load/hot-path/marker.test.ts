import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markerBytes, mostStreams, readMarker, tagBytes, tagOf, viewOf, writeMarker } from './marker.ts';
import { createMarkerFinder } from './marker-finder.ts';

const tag = tagOf(123_456);
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const fields = fc.record({
  stream: fc.nat(mostStreams),
  sequence: fc.nat(916_132_831),
  dueUs: fc.integer({ min: 0, max: 2 ** 47 }),
});
const around = fc.string({ unit: 'binary', maxLength: 300 });

describe('a marker', () => {
  test('says what was written, in letters and digits of a fixed width', () => {
    fc.assert(
      fc.property(fields, each => {
        const text = writeMarker(tag, each.stream, each.sequence, each.dueUs);
        expect(text).toMatch(/^[0-9A-Za-z]+$/);
        expect(text.length).toBe(markerBytes);
        const read = { stream: -1, sequence: -1, dueUs: -1 };
        expect(readMarker(viewOf(Buffer.from(text)), 0, read)).toBe(true);
        expect(read).toEqual(each);
      }),
    );
  });

  test('with one wrong character is not read', () => {
    fc.assert(
      fc.property(fields, fc.integer({ min: tagBytes, max: markerBytes - 1 }), fc.nat(255), (each, at, byte) => {
        const bytes = Buffer.from(writeMarker(tag, each.stream, each.sequence, each.dueUs));
        fc.pre(bytes[at] !== byte);
        bytes[at] = byte;
        expect(readMarker(viewOf(bytes), 0, { stream: 0, sequence: 0, dueUs: 0 })).toBe(false);
      }),
    );
  });

  test('with two neighbours swapped in one field is not read', () => {
    fc.assert(
      fc.property(fields, fc.integer({ min: 0, max: 3 }), (each, k) => {
        const bytes = Buffer.from(writeMarker(tag, each.stream, each.sequence, each.dueUs));
        const at = tagBytes + 4 + k;
        fc.pre(bytes[at] !== bytes[at + 1]);
        bytes.set([bytes[at + 1]!, bytes[at]!], at);
        expect(readMarker(viewOf(bytes), 0, { stream: 0, sequence: 0, dueUs: 0 })).toBe(false);
      }),
    );
  });
});

describe('a finder', () => {
  test('finds the marker wherever it stands, known place or not', () => {
    const finder = createMarkerFinder(tag);
    fc.assert(
      fc.property(fields, around, around, (each, before, after) => {
        const marker = writeMarker(tag, each.stream, each.sequence, each.dueUs);
        fc.pre(!before.includes(tag));
        const area = Buffer.from(`junk${before}${marker}${after}junk`);
        for (let times = 0; times < 2; times++) {
          expect(finder.find(area, 4, area.length - 4)).toBe('sound');
          const { stream, sequence, dueUs } = finder;
          expect({ stream, sequence, dueUs }).toEqual(each);
        }
      }),
    );
  });

  test('says of a marker that stands where the last one stood what it says of it at first sight', () => {
    const finder = createMarkerFinder(tag);
    const digit = fc.constantFrom(...alphabet, '-');
    const change = fc.option(fc.tuple(fc.integer({ min: tagBytes, max: markerBytes - 1 }), digit));
    fc.assert(
      fc.property(fields, change, ({ stream, sequence, dueUs }, changed) => {
        const first = Buffer.from(writeMarker(tag, stream, sequence, dueUs));
        expect(finder.find(first, 0, first.length)).toBe('sound');
        const second = Buffer.from(first);
        if (changed) second.write(changed[1], changed[0]);
        const other = createMarkerFinder(tag);
        expect(finder.find(second, 0, second.length)).toBe(other.find(second, 0, second.length));
        if (second.equals(first)) expect({ ...finder, find: 0 }).toEqual({ stream, sequence, dueUs, find: 0 });
      }),
    );
  });

  test('does not take what stands behind the message', () => {
    const finder = createMarkerFinder(tag);
    const marker = writeMarker(tag, 1, 2, 3);
    const area = Buffer.from(`${'x'.repeat(50)}${marker}`);
    expect(finder.find(area, 0, 50)).toBe('none');
    expect(finder.find(area, 0, 50 + markerBytes - 1)).toBe('corrupt');
    expect(finder.find(area, 0, 50 + markerBytes)).toBe('sound');
  });

  test('tells a damaged marker from none, and from that of another run', () => {
    const finder = createMarkerFinder(tag);
    const sound = Buffer.from(`{"text":"${writeMarker(tag, 1, 2, 3)}"}`);
    expect(finder.find(sound, 0, sound.length)).toBe('sound');
    const damaged = Buffer.from(sound);
    damaged[20] = damaged[20] === alphabet.charCodeAt(0) ? alphabet.charCodeAt(1) : alphabet.charCodeAt(0);
    expect(finder.find(damaged, 0, damaged.length)).toBe('corrupt');
    const other = Buffer.from(`{"text":"${writeMarker(tagOf(7), 1, 2, 3)}"}`);
    expect(finder.find(other, 0, other.length)).toBe('none');
  });

  test('goes on behind a tag that is part of a text', () => {
    const finder = createMarkerFinder(tag);
    const area = Buffer.from(`${tag} is said; ${writeMarker(tag, 4, 5, 6)}`);
    expect(finder.find(area, 0, area.length)).toBe('sound');
    expect(finder.stream).toBe(4);
  });
});

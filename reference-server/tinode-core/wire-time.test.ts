import { expect, it } from 'vitest';
import { writeTime } from './wire-time.ts';

it.each([
  ['2017-08-05T23:40:12.426Z', '2017-08-05T23:40:12.426Z'],
  ['2017-08-06T06:42:31.780Z', '2017-08-06T06:42:31.78Z'],
  ['2017-08-06T06:42:31.500Z', '2017-08-06T06:42:31.5Z'],
  ['2017-08-22T00:30:30.000Z', '2017-08-22T00:30:30Z'],
  ['2020-10-10T10:10:00.000Z', '2020-10-10T10:10:00Z'],
])('writes %s as %s', (instant, text) => {
  expect(writeTime(Date.parse(instant))).toBe(text);
});

import { expect, it } from 'vitest';
import { bytes, MalformedError } from './decode.ts';

it.each([
  ['', ''],
  ['YTpi', 'a:b'],
  ['YTpiYw==', 'a:bc'],
  ['YT\r\npi\n', 'a:b'],
  ['YTpiYx==', 'a:bc'], // the last bits belong to no byte
])('reads %j', (written, read) => {
  expect(bytes(written)?.toString()).toBe(read);
});

it.each(['YTpiYw', 'YTpiYw=', 'YTp', 'a-_b', '%%', 'YTpi YTpi', 'YTpi=', 5, {}])('does not read %j', written => {
  expect(() => bytes(written)).toThrow(MalformedError);
});

import { expect, it } from 'vitest';
import { extensionOf, grpcMediaTypeOf, isAttachment, mediaTypeOf } from './media-type.ts';

const long = 'x'.repeat(600);

it.each([
  ['\x89PNG\r\n\x1a\n', 'text/plain', 'image/png'],
  ['<!DOCTYPE html>', 'text/plain', 'text/html; charset=utf-8'],
  ['  <?xml version="1.0"?>', 'image/png', 'text/xml; charset=utf-8'],
  [long, 'audio/mpeg', 'text/plain; charset=utf-8'],
  ['short', 'audio/mpeg', 'audio/mpeg'],
  ['\x00\x01', 'audio/x-own', 'audio/x-own'],
  ['\x00\x01', 'foo/bar', 'application/octet-stream'],
  ['\x00\x01', '', 'application/octet-stream'],
])('%j, said to be %s, is %s', (content, said, mediaType) => {
  expect(mediaTypeOf(Buffer.from(content, 'latin1'), said)).toBe(mediaType);
});

it.each([
  ['', 'image/png', 'text/plain; charset=utf-8'],
  ['short', 'audio/mpeg', 'text/plain; charset=utf-8'],
  ['GIF89a', '', 'image/gif'],
  ['\x00\x01', 'foo/bar', 'foo/bar'],
  ['\x00\x01', '', 'application/octet-stream'],
])('over gRPC %j, said to be %s, is %s', (content, said, mediaType) => {
  expect(grpcMediaTypeOf(Buffer.from(content, 'latin1'), said)).toBe(mediaType);
});

it('saves what could run', () => {
  const types = ['image/png', 'text/html; charset=utf-8', 'image/svg+xml', 'application/pdf', 'audio/mpeg'];
  expect(types.filter(isAttachment)).toEqual(['text/html; charset=utf-8', 'image/svg+xml', 'application/pdf']);
  expect(['image/png', 'text/plain; charset=utf-8', 'foo/bar'].map(extensionOf)).toEqual(['.png', '.txt', '']);
});

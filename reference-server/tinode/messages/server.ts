/** What the server says, as protobuf messages: the numbers of fields, and where their values stand in frames. */
import { int32, list, map, message, one, oneOf, text, truth, word } from '../../core/protobuf.ts';
import { access, defaultAccess, range } from './shared.ts';
import { callEvent, json, jsonOrNull, noteKind, time } from './values.ts';

const ctrl = message({
  1: one('id', text),
  2: one('topic', text),
  3: one('code', int32),
  4: one('text', text),
  5: map('params', jsonOrNull),
});

export const data = message({
  1: one('topic', text),
  2: one('from', text),
  3: one('deleted', time),
  4: one('seq', int32),
  5: map('head', json),
  6: one('content', json),
  7: one('ts', time),
});

const presWord = word({
  1: 'on',
  2: 'off',
  3: 'ua',
  4: 'upd',
  5: 'gone',
  6: 'acs',
  7: 'term',
  8: 'msg',
  9: 'read',
  10: 'recv',
  11: 'del',
  12: 'tags',
  13: 'aux',
});

const pres = message({
  1: one('topic', text),
  2: one('src', text),
  3: one('what', presWord),
  4: one('ua', text),
  5: one('seq', int32),
  6: one('clear', int32),
  7: list('delseq', range),
  8: one('tgt', text),
  9: one('act', text),
  10: one('dacs', access),
});

export const description = message({
  1: one('created', time),
  2: one('updated', time),
  3: one('touched', time),
  4: one('defacs', defaultAccess),
  5: one('acs', access),
  6: one('seq', int32),
  7: one('read', int32),
  8: one('recv', int32),
  9: one('clear', int32),
  10: one('public', json),
  11: one('private', json),
  12: one('state', text),
  14: one('trusted', json),
  15: one('seen.when', time),
  16: one('seen.ua', text),
  17: one('chan', truth),
  18: one('online', truth),
});

export const row = message({
  1: one('updated', time),
  2: one('deleted', time),
  3: one('online', truth),
  4: one('acs', access),
  5: one('read', int32),
  6: one('recv', int32),
  7: one('public', json),
  8: one('private', json),
  9: one('user', text),
  10: one('topic', text),
  11: one('touched', time),
  12: one('seq', int32),
  13: one('clear', int32),
  14: one('seen.when', time),
  15: one('seen.ua', text),
  16: one('trusted', json),
});

const meta = message({
  1: one('id', text),
  2: one('topic', text),
  3: one('desc', description),
  4: list('sub', row),
  5: one('del', message({ 1: one('clear', int32), 2: list('delseq', range) })),
  6: list('tags', text),
  // Whether it is confirmed is not told here, though there is a place for it.
  7: list('cred', message({ 1: one('meth', text), 2: one('val', text) })),
  8: map('aux', json),
});

const info = message({
  1: one('topic', text),
  2: one('from', text),
  3: one('what', noteKind),
  4: one('seq', int32),
  5: one('src', text),
  6: one('event', callEvent),
  7: one('payload', json),
});

export const serverMessage = oneOf({
  1: one('ctrl', ctrl),
  2: one('data', data),
  3: one('pres', pres),
  4: one('meta', meta),
  5: one('info', info),
});

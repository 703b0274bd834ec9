/** What clients say, as protobuf messages: the numbers of fields, and where their values stand in frames. */
import { filled, int32, list, map, message, one, oneOf, text, truth, unheard, word } from '../../core/protobuf.ts';
import { defaultAccess, range } from './shared.ts';
import { base64, callEvent, json, level, noteKind, secondsOfTime } from './values.ts';

const credential = message({
  1: one('meth', text),
  2: one('val', text),
  3: one('resp', text),
  4: map('params', json),
});

const description = message({
  1: one('defacs', filled(defaultAccess)),
  2: one('public', json),
  3: one('private', json),
  4: one('trusted', json),
});

const settings = {
  1: one('desc', filled(description)),
  2: one('sub', filled(message({ 1: one('user', text), 2: one('mode', text) }))),
  3: list('tags', text),
  4: one('cred', credential),
};

/** This server passes over whose, and of which topic. */
const options = message({
  1: one('ims', secondsOfTime),
  2: one('user', unheard(text)),
  3: one('topic', unheard(text)),
  6: one('limit', int32),
});

const query = message({
  1: one('what', text),
  2: one('desc', options),
  3: one('sub', options),
  4: one(
    'data',
    message({ 4: one('since', int32), 5: one('before', int32), 6: one('limit', int32), 7: list('ranges', range) }),
  ),
});

const hi = message({
  1: one('id', text),
  2: one('ua', text),
  3: one('ver', text),
  4: one('dev', text),
  5: one('lang', text),
  6: one('platf', text),
  7: one('bkg', truth),
});

const acc = message({
  1: one('id', text),
  2: one('user', text),
  3: one('scheme', text),
  4: one('secret', base64),
  5: one('login', truth),
  6: list('tags', text),
  7: one('desc', filled(description)),
  8: list('cred', credential),
  10: one('status', text),
  11: one('authlevel', level),
  12: one('tmpscheme', text),
  13: one('tmpsecret', base64),
});

const login = message({
  1: one('id', text),
  2: one('scheme', text),
  3: one('secret', base64),
  4: list('cred', credential),
});

const sub = message({
  1: one('id', text),
  2: one('topic', text),
  3: one('set', filled(message(settings))),
  4: one('get', query),
});

const leave = message({ 1: one('id', text), 2: one('topic', text), 3: one('unsub', truth) });

const pub = message({
  1: one('id', text),
  2: one('topic', text),
  3: one('noecho', truth),
  4: map('head', json),
  5: one('content', json),
});

const get = message({ 1: one('id', text), 2: one('topic', text), 3: one('', query) });

const set = message({ 1: one('id', text), 2: one('topic', text), 3: one('', message(settings)) });

const del = message({
  1: one('id', text),
  2: one('topic', text),
  3: one('what', word({ 1: 'msg', 2: 'topic', 3: 'sub', 4: 'user', 5: 'cred' })),
  4: list('delseq', range),
  5: one('user', text),
  6: one('cred', credential),
  7: one('hard', truth),
});

const note = message({
  1: one('topic', text),
  2: one('what', noteKind),
  3: one('seq', int32),
  4: one('unread', int32),
  5: one('event', callEvent),
  6: one('payload', json),
});

const extra = message({ 1: list('attachments', text), 2: one('obo', text), 3: one('authlevel', level) });

export const clientMessage = oneOf(
  {
    1: one('hi', hi),
    2: one('acc', acc),
    3: one('login', login),
    4: one('sub', sub),
    5: one('leave', leave),
    6: one('pub', pub),
    7: one('get', get),
    8: one('set', set),
    9: one('del', del),
    10: one('note', note),
  },
  { 13: one('extra', extra) },
);

/** What a plugin is asked and told, as protobuf messages. */
import { filled, int32, list, message, one, text, word } from '../../core/protobuf.ts';
import { clientMessage } from './client.ts';
import { data, description, row, serverMessage } from './server.ts';
import { access, defaultAccess } from './shared.ts';
import { json, level } from './values.ts';

/** The number 0 stands for going on as if nothing had been asked. */
const verdict = word({ 1: 'drop', 2: 'respond', 3: 'replace' });
/** The number 0 stands for something new. */
const action = word({ 1: 'update', 2: 'delete' });

const session = message({
  1: one('sid', text),
  2: one('user', text),
  3: one('level', level),
  4: one('address', text),
  5: one('userAgent', text),
  6: one('deviceId', text),
  7: one('language', text),
});

export const hoseRequest = message({ 1: one('frame', clientMessage), 2: one('session', session) });
export const hoseAnswer = message({
  1: one('verdict', verdict),
  2: one('answer', filled(serverMessage)),
  3: one('frame', clientMessage),
});

export const findRequest = message({ 1: one('user', text), 2: one('query', text) });
export const findAnswer = message({ 1: one('verdict', verdict), 2: one('query', text), 3: list('rows', row) });

export const nothing = message({});
export const accountEvent = message({
  1: one('action', action),
  2: one('user', text),
  3: one('access', defaultAccess),
  4: one('public', json),
  8: list('tags', text),
});
export const topicEvent = message({ 1: one('action', action), 2: one('name', text), 3: one('desc', description) });
export const subscriptionEvent = message({
  1: one('action', action),
  2: one('topic', text),
  3: one('user', text),
  4: one('clear', int32),
  5: one('read', int32),
  6: one('recv', int32),
  7: one('mode', access),
  8: one('private', json),
});
export const messageEvent = message({ 1: one('action', action), 2: one('data', data) });

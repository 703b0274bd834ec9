import { describe, expect, it } from 'vitest';
import {
  auth,
  batch,
  create,
  direct,
  directId,
  list,
  modify,
  openRoom,
  type Room,
  remove,
  send,
} from '../testing/room.ts';
import { type FaultName, faults } from './faults.ts';

const id = 'mutable-e1-1';
const sized = (bytes: number) =>
  JSON.stringify({ cdid: '', type: '' })
    .replace(/"}$/, '')
    .padEnd(bytes - 2, 'x')
    .concat('"}');
/** Just within the limit, with a broadcast that is just over it. */
const swelling = send(id, 'x'.repeat(4096 - JSON.stringify(send(id, '', '')).length), '');
const rawSend = (message: string, timestamp: string) =>
  `{"cdid":"s","type":"request-sending-a-message","session-id":"${id}","message":${message},"sender-timestamp":${timestamp}}`;

/** What has to happen for each fault to fire. Alice, bob and carol are in; alice and bob share a session. */
const triggers: Record<FaultName, (room: Room) => string[]> = {
  'speaks-before-auth': room => room.connect('new'),
  'action-before-auth-served': room => [...room.connect('new'), ...room.say('new', send(id, 'x'))],
  'second-auth-accepted': room => room.say('alice', auth('bob', 'other')),
  'wrong-token-accepted': room => [...room.connect('new'), ...room.say('new', auth('alice', 'other', 'wrong'))],
  'failed-auth-is-final': room => {
    room.connect('new');
    room.say('new', auth('alice', 'other', 'wrong'));
    return room.say('new', auth('alice', 'other'));
  },
  'older-device-kept': room => [...room.connect('new'), ...room.say('new', auth('alice'))],
  'long-cdid-dropped': room => room.say('alice', { cdid: 'x'.repeat(256), type: '' }),
  'cdid-trimmed': room => room.say('alice', { cdid: ' x ', type: '' }),
  'cdid-must-be-fresh': room => [...room.say('alice', send(id, 'x')), ...room.say('alice', send(id, 'x'))],
  'empty-cdid-refused': room => room.say('alice', send(id, 'x', '')),
  'batch-changes-last': room => room.say('alice', batch(remove(id), send(id, '1'))),
  'batch-stops-at-failure': room => room.say('alice', batch(send('no', '1'), send(id, '2'))),
  'nested-batch-refused': room => room.say('alice', batch(batch(send(id, '1')))),
  'size-limit-off-by-one': room => room.say('alice', sized(4097)),
  'size-limit-exclusive': room => room.say('alice', sized(4096)),
  'oversize-frame-sent': room => room.say('alice', swelling),
  'binary-accepted': room => room.say('alice', Buffer.from(JSON.stringify(send(id, 'x'))), true),
  'invalid-utf8-accepted': room => room.say('alice', Buffer.from(JSON.stringify(send(id, '\u00ff')), 'latin1')),
  'not-json-ignored': room => room.say('alice', '{'),
  'not-object-answered': room => room.say('alice', '[]'),
  'direct-id-depends-on-asker': room => [...room.say('alice', direct('bob')), ...room.say('bob', direct('alice'))],
  'direct-id-changes-after-restart': room => room.say('alice', direct('bob')),
  'direct-status-created': room => room.say('alice', direct('bob')),
  'direct-session-mutable': room => [
    ...room.say('alice', modify(directId('alice', 'bob'), 'carol')),
    ...room.say('alice', remove(directId('alice', 'bob'))),
  ],
  'unknown-user-accepted': room => [...room.say('alice', direct('eve')), ...room.say('alice', create('eve'))],
  'creation-not-announced-to-others': room => room.say('alice', create('carol')),
  'creator-only-if-listed': room => room.say('alice', create('carol')),
  'duplicate-participant-kept': room => room.say('alice', create('carol', 'carol')),
  'modification-not-announced-to-removed': room => room.say('alice', modify(id, 'alice')),
  'outsider-may-modify': room => [...room.say('carol', modify(id, 'carol')), ...room.say('carol', remove(id))],
  'deletion-not-announced-to-others': room => room.say('alice', remove(id)),
  'deletion-without-effect': room => [...room.say('alice', remove(id)), ...room.say('alice', send(id, 'x'))],
  'listing-includes-direct': room => [...room.say('alice', direct('bob')), ...room.say('alice', list)],
  'listing-includes-foreign': room => room.say('carol', list),
  'outsider-may-send': room => room.say('carol', send(id, 'x')),
  'broadcast-misses-sender-copy': room => room.say('alice', send(id, 'x')),
  'broadcast-misses-second-device': room => [...room.enter('bob/laptop'), ...room.say('alice', send(id, 'x'))],
  'broadcast-leaks-to-removed': room => {
    room.say('alice', modify(id, 'alice'));
    return room.say('alice', send(id, 'x'));
  },
  'broadcast-twice': room => room.say('alice', send(id, 'x')),
  'body-ends-at-nul': room => room.say('alice', send(id, 'x\0y')),
  'timestamp-restamped': room => room.say('alice', send(id, 'x')),
  'timestamp-loses-digits': room => room.say('alice', rawSend('{"type":"text","body":""}', '9007199254740993')),
  'empty-token-accepted': room => [...room.connect('new'), ...room.say('new', auth('alice', 'other', ''))],
  'batch-tells-only-who-sent-it': room => room.say('alice', batch(send(id, 'x'))),
  'size-limit-of-4000': room => room.say('alice', sized(4000)),
  'broadcast-leaks-to-contacts': room => [...room.say('alice', create('carol')), ...room.say('alice', send(id, 'x'))],
  'twentieth-message-late': room =>
    Array.from({ length: 21 }, (_, k) => room.say('alice', send(id, String(k + 1)))).flat(),
  'not-text-type-accepted': room => room.say('alice', rawSend('{"type":"image","body":""}', '1')),
  'number-ids-refused': room => [...room.connect('new'), ...room.say('new', auth(7))],
  'one-device-for-each-user': room => room.enter('alice/laptop'),
  'missing-cdid-accepted': room => room.say('alice', { ...send(id, 'x'), cdid: undefined }),
  'failure-told-to-every-device': room => [
    ...room.enter('alice/laptop'),
    ...room.say('alice', { cdid: 'x', type: '' }),
  ],
  'type-in-capitals-accepted': room => room.say('alice', { ...list, type: list.type.toUpperCase() }),
  'missing-timestamp-accepted': room => room.say('alice', { ...send(id, 'x'), 'sender-timestamp': undefined }),
  'timestamp-as-text-accepted': room => room.say('alice', { ...send(id, 'x'), 'sender-timestamp': '1' }),
  'answers-in-oversize-batch': room => room.say('alice', batch(...Array.from({ length: 40 }, () => list))),
  'size-counted-in-characters': room => room.say('alice', sized(2000).replaceAll('x', 'xü')),
  'not-utf8-closes-as-not-text': room => room.say('alice', Buffer.from([0xff])),
  'direct-names-only-the-other': room => room.say('alice', direct('bob')),
  'session-with-stranger-unanswered': room => room.say('alice', direct('eve')),
  'session-of-same-people-reused': room => room.say('bob', create('alice', 'bob')),
  'number-ids-become-text': room => room.say('alice', create(7)),
  'modification-removes-nobody': room => room.say('alice', modify(id, 'alice')),
  'only-creator-may-modify': room => room.say('bob', modify(id, 'alice', 'bob')),
  'deletion-names-only-who-asked': room => room.say('alice', remove(id)),
  'only-creator-may-delete': room => room.say('bob', remove(id)),
  'listing-omits-sessions-of-others': room => room.say('bob', list),
  'listing-repeats-first': room => room.say('alice', list),
  'listing-says-created': room => room.say('alice', list),
  'listing-told-to-all': room => room.say('alice', list),
  'empty-listing-fails': room => room.say('carol', list),
  'added-user-hears-nothing': room => [
    ...room.say('alice', modify(id, 'alice', 'bob', 'carol')),
    ...room.say('alice', send(id, 'x')),
  ],
  'missing-body-accepted': room => room.say('alice', { ...send(id, 'x'), message: { type: 'text' } }),
};

function roomWith(...names: FaultName[]): Room {
  const room = openRoom({ faults: names, users: ['alice', 'bob', 'carol', '7'] });
  for (const user of ['alice', 'bob', 'carol']) room.enter(user);
  // Both are listed, so that no fault about lists has anything to do yet.
  room.say('alice', create('alice', 'bob'));
  return room;
}

describe.each(Object.keys(faults) as FaultName[])('%s', name => {
  it('fires and changes what is heard', () => {
    const room = roomWith(name);
    const heard = triggers[name](room);
    expect(room.behaviour.counts()[name]).toBeGreaterThan(0);
    expect(heard).not.toEqual(triggers[name](roomWith()));
  });

  it('names what it breaks', () => {
    expect(faults[name].breaks.length).toBeGreaterThan(0);
    expect(faults[name].description).toMatch(/\.$/);
  });
});

/** Exactly what two of the subtler ones do. */
it('leaves direct sessions usable under whatever id they have', () => {
  for (const fault of ['direct-id-depends-on-asker', 'direct-id-changes-after-restart'] as const) {
    const room = roomWith(fault);
    const [info] = room.say('bob', direct('alice'));
    const given = JSON.parse(info!.slice('bob< '.length))['session-id'];
    expect(given).not.toBe(directId('alice', 'bob'));
    expect(room.say('bob', send(given, 'x'))).toHaveLength(2);
  }
});

it('goes on leaking to the removed after another modification', () => {
  const room = roomWith('broadcast-leaks-to-removed');
  room.say('alice', modify(id, 'alice'));
  room.say('alice', modify(id, 'alice', 'carol'));
  expect(room.say('alice', send(id, 'x')).filter(line => line.startsWith('bob<'))).toHaveLength(1);
});

it('does not count a fault that has made no difference', () => {
  const names = Object.keys(faults).filter(name => name !== 'speaks-before-auth') as FaultName[];
  const room = openRoom({ faults: names });
  room.connect('alice');
  room.say('alice', { cdid: 'x', type: 'nonsense' });
  room.say('alice', { cdid: ' x', type: 'nonsense' });
  const fired = Object.entries(room.behaviour.counts()).filter(([, count]) => count > 0);
  expect(fired).toEqual([['cdid-trimmed', 1]]);
});

import { describe, expect, it } from 'vitest';
import { auth, batch, create, direct, directId, list, openRoom, type Room, says, send } from '../testing/room.ts';
import { type VariantName, variants } from './variants.ts';

const id = 'mutable-e1-1';
const failing = { cdid: 'x', type: '' };
const plainFailure =
  '{"cdid":"x","type":"status-response","status":"failed","message":"there is no action of this type"}';

interface Showing {
  readonly does: (room: Room) => string[];
  readonly heard: readonly string[];
}

/** Alice is in; nobody else is connected. */
const showings: Record<Exclude<VariantName, 'fragmented-frames'>, Showing> = {
  'answers-in-batch': {
    does: room => [...room.say('alice', batch(failing, failing)), ...room.say('alice', failing)],
    heard: [
      `alice< {"type":"batch-mode-action","actions":[${plainFailure},${plainFailure}]}`,
      `alice< ${plainFailure}`,
    ],
  },
  'batches-of-one': {
    does: room => room.say('alice', batch(failing, failing)),
    heard: Array(2).fill(`alice< {"type":"batch-mode-action","actions":[${plainFailure}]}`),
  },
  'extra-succeeded': {
    does: room => room.say('alice', batch(create(), send(id, 'x'), failing, list)),
    heard: [
      says.info('alice', id, 'mutable', 'created', ['alice']),
      says.status('alice', 'succeeded', 'c'),
      says.message('alice', id, 'alice', 'x'),
      says.status('alice', 'succeeded', 's'),
      `alice< ${plainFailure}`,
      says.info('alice', id, 'mutable', 'unchanged', ['alice']),
      says.status('alice', 'succeeded', 'l'),
    ],
  },
  'extra-succeeded-first': {
    does: room => room.say('alice', batch(failing, create(), direct('bob'))),
    heard: [
      `alice< ${plainFailure}`,
      says.status('alice', 'succeeded', 'c'),
      says.info('alice', id, 'mutable', 'created', ['alice']),
      says.status('alice', 'succeeded', 'd'),
      says.info('alice', directId('alice', 'bob'), 'direct', 'unchanged', ['alice', 'bob']),
    ],
  },
  'other-texts': {
    does: room => [...room.say('alice', failing), ...room.say('alice', list)],
    heard: [
      says.status('alice', 'failed', 'x', 'Nächster Zug: 次の手 ✓ "…"'),
      says.status('alice', 'succeeded', 'l', 'Nächster Zug: 次の手 ✓ "…"'),
    ],
  },
  'no-texts': {
    does: room => room.say('alice', failing),
    heard: [says.status('alice', 'failed', 'x')],
  },
  'extra-members': {
    does: room => room.say('alice', list),
    heard: [
      'alice< {"cdid":"l","type":"status-response","status":"succeeded","server":{"name":"reference","load":[0.25,null]},"x-note":"not in the specification"}',
    ],
  },
  'members-reordered': {
    does: room => room.say('alice', list),
    heard: ['alice< {\r\n\t"status" : "succeeded" ,\n\t"type" : "status-response" ,\n\t"cdid" : "l"\n}'],
  },
  'participants-reordered': {
    does: room => room.say('alice', create('bob', 'carol')),
    heard: [says.info('alice', id, 'mutable', 'created', ['carol', 'bob', 'alice'])],
  },
  'ids-shaped-otherwise': {
    does: room => [
      ...room.say('alice', create()),
      ...room.say('alice', send('séance "e1" n° 1', 'x')),
      ...room.say('alice', direct('bob')),
      ...room.say('alice', send('Zwei: "WyJhbGljZSIsImJvYiJd" → ü', 'x')),
    ],
    heard: [
      says.info('alice', 'séance "e1" n° 1', 'mutable', 'created', ['alice']),
      says.message('alice', 'séance "e1" n° 1', 'alice', 'x'),
      says.info('alice', 'Zwei: "WyJhbGljZSIsImJvYiJd" → ü', 'direct', 'unchanged', ['alice', 'bob']),
      says.message('alice', 'Zwei: "WyJhbGljZSIsImJvYiJd" → ü', 'alice', 'x'),
    ],
  },
  'closes-with-policy-violation': {
    does: room => ['x'.repeat(4097), '{', '[]'].flatMap(text => [...room.connect('new'), ...room.say('new', text)]),
    heard: ['new closed 1008', 'new closed 1008', 'new closed 1008'],
  },
  'closes-before-authentication': {
    does: room => [...room.connect('new'), ...room.say('new', batch(list, auth('alice')))],
    heard: ['new closed 1008'],
  },
  'closes-without-cdid': {
    does: room => room.say('alice', { ...list, cdid: 7 }),
    heard: ['alice closed 1007'],
  },
  'no-authentication-in-batch': {
    does: room => [...room.connect('new'), ...room.say('new', batch(auth('bob')))],
    heard: [says.status('new', 'failed', 'auth', 'authentication is not for a batch')],
  },
  'silent-empty-listing': {
    does: room => [...room.say('alice', list), ...room.say('alice', create()), ...room.say('alice', list)],
    heard: ['created', 'unchanged'].map(status => says.info('alice', id, 'mutable', status, ['alice'])),
  },
  'direct-with-oneself': {
    does: room => [...room.say('alice', direct('alice')), ...room.say('alice', send(directId('alice', 'alice'), 'x'))],
    heard: [
      says.info('alice', directId('alice', 'alice'), 'direct', 'unchanged', ['alice']),
      says.message('alice', directId('alice', 'alice'), 'alice', 'x'),
    ],
  },
  'no-session-of-one': {
    does: room => room.say('alice', create()),
    heard: [says.status('alice', 'failed', 'c', 'name at least one participant')],
  },
};

describe.each(Object.keys(showings) as (keyof typeof showings)[])('%s', name => {
  it('shows', () => {
    const room = openRoom({ variants: [name] });
    room.enter('alice');
    expect(showings[name].does(room)).toEqual(showings[name].heard);
    expect(room.behaviour.counts()[name]).toBeGreaterThan(0);
    expect(variants[name].description).toMatch(/\.$/);
  });
});

it('writes plainly what would not fit otherwise', () => {
  const room = openRoom({ variants: ['extra-members', 'members-reordered', 'batches-of-one'], frameBytes: 256 });
  room.enter('alice');
  const cdid = 'x'.repeat(190);
  expect(room.say('alice', { ...list, cdid })).toEqual([says.status('alice', 'succeeded', cdid)]);
});

it('splits a long answer into batches that fit', () => {
  const room = openRoom({ variants: ['answers-in-batch'] });
  room.enter('alice');
  for (let n = 0; n < 50; n++) room.say('alice', create('bob'));
  const heard = room.say('alice', list);
  expect(heard.length).toBeGreaterThan(1);
  const infos = heard.flatMap(line => JSON.parse(line.slice('alice< '.length)).actions);
  expect(infos.map(info => info['session-id'])).toEqual(Array.from({ length: 50 }, (_, n) => `mutable-e1-${n + 1}`));
  for (const line of heard) expect(Buffer.byteLength(line.slice('alice< '.length))).toBeLessThanOrEqual(4096);
});

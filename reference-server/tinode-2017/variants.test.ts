import { describe, expect, it } from 'vitest';
import {
  byToken,
  get,
  type Heard,
  hi,
  leave,
  openTinodeRoom,
  pub,
  sub,
  type TinodeRoom,
} from '../testing/tinode-room.ts';
import { type VariantName, variants } from './variants.ts';

interface Showing {
  readonly does: (room: TinodeRoom) => Heard[];
  /** What must be in what is heard; order counts. */
  readonly heard: readonly unknown[];
}

const ctrl = (who: string, members: object) => [who, { ctrl: members }];
const reversed = { want: 'DPRJ', given: 'DPRJ', mode: 'DPRJ' };
const approving = { want: 'JRWPA', given: 'JRWPA', mode: 'JRWPA' };

/** Ada and bob have logged in. `fragmented-frames` is shown by the tests of the front, `members-reordered` below. */
const showings: Record<Exclude<VariantName, 'fragmented-frames' | 'members-reordered'>, Showing> = {
  'message-before-answer': {
    does: room => [...room.say('ada', sub(room.idOf('bob'))), ...room.say('ada', pub(room.idOf('bob'), 'x'))].slice(1),
    heard: [['ada', { data: { seq: 1 } }], ctrl('ada', { code: 202, params: { seq: 1 } })],
  },
  'parts-reversed': {
    does: room => room.say('ada', sub('me', 'desc sub data')),
    heard: [
      ctrl('ada', { params: expect.anything() }),
      ctrl('ada', { code: 200 }),
      ['ada', { meta: { sub: [] } }],
      ['ada', { meta: { desc: expect.anything() } }],
    ],
  },
  'extra-members': {
    does: room => room.say('ada', sub('me')),
    heard: [ctrl('ada', { code: 200, 'x-note': 'not in the document' })],
  },
  'texts-in-capitals': {
    does: room => room.say('ada', leave('me')),
    heard: [ctrl('ada', { text: 'NOT JOINED' })],
  },
  'letters-reordered': {
    does: room => room.say('ada', sub('me')),
    heard: [ctrl('ada', { params: { acs: reversed } })],
  },
  'peers-may-approve': {
    does: room => room.say('ada', sub(room.idOf('bob'))),
    heard: [ctrl('ada', { params: { acs: approving } })],
  },
  'tokens-issued-anew': {
    does: room => {
      const [[, frame]] = room.enter('ada/laptop') as [[string, { ctrl: { params: { token: string } } }]];
      room.connect('new');
      room.say('new', hi);
      const heard = room.say('new', byToken(frame.ctrl.params.token));
      expect(heard).not.toMatchObject([ctrl('new', { params: { token: frame.ctrl.params.token } })]);
      return heard;
    },
    heard: [ctrl('new', { code: 200, params: { token: expect.any(String) } })],
  },
  'times-in-local-zone': {
    does: room => room.say('ada', sub('me')),
    heard: [ctrl('ada', { ts: '2017-08-05T19:00:00.000749621+07:00' })],
  },
  'errors-name-topic': {
    does: room => [...room.say('ada', sub('me')), ...room.say('ada', sub('me'))].slice(1),
    heard: [ctrl('ada', { code: 304, topic: 'me' })],
  },
  'errors-without-topic': {
    does: room => room.say('ada', leave('me')),
    heard: [['ada', { ctrl: { id: 'v', code: 304, text: 'not joined', ts: '2017-08-05T12:00:00Z' } }]],
  },
  'no-rows-left-out': {
    does: room => room.say('ada', sub('me', 'sub')).slice(1),
    heard: [['ada', { meta: { id: 's', topic: 'me', ts: '2017-08-05T12:00:00Z' } }]],
  },
  'zeros-written': {
    does: room => room.say('ada', sub('me', 'desc')).slice(1),
    heard: [['ada', { meta: { desc: { seq: 0 } } }]],
  },
  'goes-off-in-silence': {
    does: room => {
      room.say('ada', sub(room.idOf('bob')));
      room.say('bob', sub('me'));
      room.say('ada', sub('me'));
      return room.say('ada', leave('me'));
    },
    heard: [ctrl('ada', { code: 200 })],
  },
  'tells-who-is-on': {
    does: room => {
      room.say('ada', sub(room.idOf('bob')));
      room.say('bob', sub('me'));
      return room.say('ada', sub('me'));
    },
    heard: [
      ctrl('ada', { code: 200 }),
      ['bob', { pres: { what: 'on' } }],
      ['ada', { pres: { topic: 'me', what: 'on' } }],
    ],
  },
  'tells-of-access': {
    does: room => [...room.say('bob', sub('me')), ...room.say('ada', sub(room.idOf('bob')))].slice(2),
    heard: [
      ['bob', { data: { topic: 'me', seq: 1 } }],
      ['bob', { pres: { topic: 'me', what: 'acs' } }],
    ],
  },
  'notice-besides-message': {
    does: room => {
      room.say('ada', sub(room.idOf('bob')));
      room.say('bob', sub(room.idOf('ada')));
      room.say('bob', sub('me'));
      return room.say('ada', pub(room.idOf('bob'), 'x')).slice(2);
    },
    heard: [
      ['bob', { data: { seq: 1 } }],
      ['bob', { pres: { what: 'msg', seq: 1 } }],
    ],
  },
};

function roomWith(name: VariantName): TinodeRoom {
  const room = openTinodeRoom({ variants: [name] });
  for (const user of ['ada', 'bob']) room.enter(user);
  return room;
}

describe.each(Object.keys(showings) as (keyof typeof showings)[])('%s', name => {
  it('shows', () => {
    const room = roomWith(name);
    const heard = showings[name].does(room);
    expect(heard).toMatchObject(showings[name].heard);
    expect(heard).toHaveLength(showings[name].heard.length);
    expect(room.behaviour.counts()[name]).toBeGreaterThan(0);
    expect(variants[name].description).toMatch(/\.$/);
  });
});

it('leaves out what a variant leaves out', () => {
  expect(Object.keys(roomWith('no-rows-left-out').say('ada', sub('me', 'sub'))[1]![1].meta as object)).toEqual([
    'id',
    'topic',
    'ts',
  ]);
  expect(roomWith('errors-without-topic').say('ada', leave('me'))[0]![1].ctrl).not.toHaveProperty('topic');
});

it('writes members the other way round', () => {
  const room = roomWith('members-reordered');
  room.say('ada', sub('me'));
  const [[, frame]] = room.say('ada', get('me', 'desc')) as [Heard];
  expect(Object.keys(frame.meta as object)).toEqual(['desc', 'ts', 'topic', 'id']);
});

import { describe, expect, it } from 'vitest';
import { get, type Heard, openTinodeLobby, set, sub, type TinodeLobby } from '../testing/tinode-lobby.ts';
import { type VariantName, variants } from './variants.ts';

interface Showing {
  readonly does: (lobby: TinodeLobby) => Heard[];
  /** What must be in what is heard; order counts. */
  readonly heard: readonly unknown[];
}

type Shown = Exclude<VariantName, 'fragmented-frames' | 'members-reordered' | 'letters-escaped'>;

const ctrl = (who: string, members: object = {}) => [who, { ctrl: members }];
const meta = (who: string, members: object) => [who, { meta: members }];
const pres = (who: string, members: object) => [who, { pres: members }];

/** Ada and bob have logged in. What concerns no more than the text of frames, or the front, is shown elsewhere. */
const showings: Record<Shown, Showing> = {
  'extra-members': {
    does: lobby => lobby.say('ada', sub('me')),
    heard: [ctrl('ada', { code: 200, 'x-note': 'not in the protocol' })],
  },
  'times-in-nanoseconds': {
    does: lobby => lobby.say('ada', sub('me')),
    heard: [ctrl('ada', { ts: '2026-07-04T12:00:00.000000000Z' })],
  },
  'presence-late': {
    does: lobby => [...meet(lobby), ...lobby.turn(5)],
    heard: [ctrl('ada', { code: 200 }), pres('bob', { what: 'on' }), pres('ada', { what: 'on' })],
  },
  'rows-reversed': {
    does: lobby => {
      const topic = lobby.group('ada');
      lobby.say('bob', sub(topic));
      return lobby.say('ada', get(topic, 'sub'));
    },
    heard: [meta('ada', { sub: [{ acs: { mode: 'JRWPS' } }, { acs: { mode: 'JRWPASDO' } }] })],
  },
  'tags-reversed': {
    does: lobby => lobby.say('ada', get(lobby.group('ada', { set: { tags: ['one', 'two'] } }), 'tags')),
    heard: [meta('ada', { tags: ['two', 'one'] })],
  },
  'finds-reversed': {
    does: lobby => {
      lobby.enter('carol');
      lobby.say('ada', sub('fnd'));
      lobby.say('ada', set('fnd', { desc: { public: 'tag:bob,tag:carol' } }));
      return lobby.say('ada', get('fnd', 'sub'));
    },
    heard: [meta('ada', { sub: [{ public: { fn: 'carol' } }, { public: { fn: 'bob' } }] })],
  },
  'private-left-out-of-rows': {
    does: lobby => {
      lobby.group('ada', { set: { desc: { private: 'x' } } });
      lobby.say('ada', sub('me'));
      return lobby.say('ada', get('me', 'sub'));
    },
    heard: [meta('ada', { sub: [expect.not.objectContaining({ private: 'x' })] })],
  },
  'limit-of-what-is-shown': {
    does: lobby => {
      lobby.group('ada');
      lobby.say('ada', sub('me'));
      return lobby.say('ada', get('me', 'sub', { sub: { limit: 1 } }));
    },
    heard: [meta('ada', { sub: [{ topic: expect.stringMatching(/^grp/) }] })],
  },
  'taken-alias-refused': {
    does: lobby =>
      ['ada', 'bob'].flatMap(user => {
        lobby.say(user, sub('me'));
        return lobby.say(user, set('me', { tags: [`basic:${user}.name`, 'alias:us'] }));
      }),
    heard: [ctrl('ada', { code: 200 }), ctrl('bob', { code: 400 })],
  },
};

/** Bob is on me, and ada, who has a conversation with him, comes. */
function meet(lobby: TinodeLobby): Heard[] {
  lobby.say('ada', sub(lobby.idOf('bob')));
  lobby.say('bob', sub('me'));
  lobby.turn(5);
  return lobby.say('ada', sub('me'));
}

function lobbyWith(name: VariantName): TinodeLobby {
  const lobby = openTinodeLobby({ variants: [name] });
  for (const user of ['ada', 'bob']) lobby.enter(user);
  return lobby;
}

describe.each(Object.keys(showings) as Shown[])('%s', name => {
  it('shows', () => {
    const lobby = lobbyWith(name);
    const heard = showings[name].does(lobby);
    expect(heard).toMatchObject(showings[name].heard);
    expect(heard).toHaveLength(showings[name].heard.length);
    expect(lobby.behaviour.counts()[name]).toBeGreaterThan(0);
    expect(variants[name].description).toMatch(/\.$/);
  });
});

import { describe, expect, it } from 'vitest';
import { call, join, type Lounge, leave, openLounge, register, says, send } from '../testing/plugin.ts';
import { type VariantName, variants } from './variants.ts';

interface Showing {
  readonly does: (lounge: Lounge) => string[];
  readonly heard: (lounge: Lounge) => readonly string[];
}

const joined = (who: string, roomid: string, client: string, user: string) =>
  says.notification(who, `${roomid}.${client}.userupdate`, { user, action: 'joined' });

const showings: Record<Exclude<VariantName, 'fragmented-frames'>, Showing> = {
  'answers-first': {
    does: lounge => lounge.say('bob', register('roomupdate', 'r')),
    heard: () => [says.result('bob', null), says.room('bob', 'r', 'lounge', 'created')],
  },
  'replay-to-all': {
    does: lounge => lounge.say('bob', register('roomupdate', 'r')),
    heard: () => [
      says.room('bob', 'r', 'lounge', 'created'),
      says.room('eve', 'tower', 'lounge', 'created'),
      says.result('bob', null),
    ],
  },
  'users-replayed-in-reverse': {
    does: lounge => lounge.say('eve', register('userupdate', `${lounge.alice}.e`)),
    heard: ({ alice }) => [
      joined('eve', alice, 'e', 'bob'),
      joined('eve', alice, 'e', 'alice'),
      says.result('eve', null),
    ],
  },
  'zero-for-null': {
    does: lounge => lounge.say('alice', register('message', 'none.c')),
    heard: () => [says.result('alice', 0)],
  },
  'own-left-seen': {
    does: lounge => lounge.say('alice', leave(lounge.alice)).slice(0, 1),
    heard: ({ alice }) => [says.notification('alice', `${alice}.c.userupdate`, { user: 'alice', action: 'left' })],
  },
  'client-ids-side-by-side': {
    does: lounge => [
      ...lounge.say('alice', register('message', `${lounge.alice}.d`)),
      ...lounge.say('alice', send(lounge.alice, 'x')).slice(0, 2),
    ],
    heard: ({ alice }) => [
      says.result('alice', null),
      says.notification('alice', `${alice}.c.message`, { user: 'alice', message: 'x' }),
      says.notification('alice', `${alice}.d.message`, { user: 'alice', message: 'x' }),
    ],
  },
  'errors-explained': {
    does: lounge => lounge.say('eve', leave('none')),
    heard: () => [says.error('eve', -31_022, 'ERROR_UNKNOWN_KEY: see the log')],
  },
  'privileged-misspelt': {
    does: lounge => lounge.say('home', join('lounge', 'home', { secure: 'secure' })),
    heard: () => [says.error('home', -32_604, 'ERROR_PRIVILIGED_REQUEST')],
  },
  'errors-with-data': {
    does: lounge => lounge.say('eve', leave('none')),
    heard: () => [
      'eve< {"jsonrpc":"2.0","id":1,"error":{"code":-31022,"message":"ERROR_UNKNOWN_KEY","data":{"hint":"none"}}}',
    ],
  },
  'extra-members': {
    does: lounge => lounge.say('bob', register('roomupdate', 'r')),
    heard: () => [
      'bob< {"jsonrpc":"2.0","method":"r.roomupdate","params":{"room":"lounge","action":"created","secure":"insecure","at":"now"},"server":{"name":"reference","load":[0.25,null]}}',
      'bob< {"jsonrpc":"2.0","id":1,"result":null,"server":{"name":"reference","load":[0.25,null]}}',
    ],
  },
  'members-reordered': {
    does: lounge => lounge.say('eve', call('exists', { method: 'join' })),
    heard: () => ['eve< {\r\n\t"result" : true ,\n\t"id" : 1 ,\n\t"jsonrpc" : "2.0"\n}'],
  },
};

describe.each(Object.keys(showings) as (keyof typeof showings)[])('%s', name => {
  it('shows', () => {
    const lounge = openLounge({ variants: [name] });
    expect(showings[name].does(lounge)).toEqual(showings[name].heard(lounge));
    expect(lounge.behaviour.counts()[name]).toBeGreaterThan(0);
    expect(variants[name].description).toMatch(/\.$/);
  });
});

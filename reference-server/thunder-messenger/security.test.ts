import { describe, expect, it } from 'vitest';
import { createBehaviour } from '../core/behaviour.ts';
import { join, openPlugin, register, says } from '../testing/plugin.ts';
import { fits, originOf } from './security.ts';

it.each([
  ['https://a.example', 'https://a.example', true],
  ['https://a.example', 'https://a.example:443', false],
  ['https://a.example', 'https://aXexample', false],
  ['https://a.example', 'https://b.a.example', false],
  ['https://*.example', 'https://a.b.example', true],
  ['https://*.example', 'https://example', false],
  ['https://*.example', 'https://a.example.evil', false],
  ['*://a.example', 'http://a.example', true],
  ['*://a.example', 'a.example', false],
  ['https://a.example:*', 'https://a.example:8443', true],
  ['https://a.example:*', 'https://a.example', false],
  ['*://*:*', 'https://a.example:1', true],
  ['(a|b)', 'a', false],
])('%s fits %s: %s', (pattern, origin, expected) => {
  expect(fits({ behaviour: createBehaviour() }, pattern, origin)).toBe(expected);
});

it.each([
  ['https://a.example/path?query#fragment', 'https://a.example'],
  ['https://a.example:8443', 'https://a.example:8443'],
  ['https://a.example?query', 'https://a.example'],
  ['nothing', 'nothing'],
])('the origin of %s is %s', (url, origin) => {
  expect(originOf(url)).toBe(origin);
});

describe('a room', () => {
  const refusal = (who: string) => says.error(who, -32_604, 'ERROR_PRIVILEGED_REQUEST');
  const acl = ['https://*.home.example'];

  function open() {
    const plugin = openPlugin();
    plugin.connect('watcher');
    plugin.say('watcher', register('roomupdate', 'me'));
    plugin.connect('home', '/jsonrpc', 'home');
    plugin.connect('office', '/jsonrpc', 'office');
    plugin.connect('forger', '/jsonrpc', 'forged');
    plugin.connect('plain');
    return plugin;
  }

  it('is secured by who joins it first', () => {
    const plugin = open();
    for (const more of [{}, { acl: [] }])
      expect(plugin.say('home', join('vault', 'h', { secure: 'secure', ...more }))).toEqual([refusal('home')]);
    expect(plugin.say('home', join('vault', 'h', { secure: 'secure', acl }))[0]).toBe(
      says.room('watcher', 'me', 'vault', 'created', 'secure'),
    );
    expect(plugin.say('office', join('vault', 'o', { secure: 'secure' }))).toEqual([refusal('office')]);
    expect(plugin.say('forger', join('vault', 'f', { secure: 'secure' }))).toEqual([refusal('forger')]);
    expect(plugin.say('home', join('vault', 'h2', { secure: 'secure', acl }))).toEqual([refusal('home')]);
    expect(plugin.say('home', join('vault', 'h2', { secure: 'secure' }))).toHaveLength(1);
  });

  it('cannot be secured later', () => {
    const plugin = open();
    plugin.say('plain', join('hall', 'p'));
    expect(plugin.say('home', join('hall', 'h', { secure: 'secure', acl }))).toEqual([refusal('home')]);
  });

  it('is not secured by who has no token', () => {
    expect(open().say('plain', join('hall', 'p', { secure: 'secure', acl }))[0]).toBe(
      says.room('watcher', 'me', 'hall', 'created'),
    );
  });
});

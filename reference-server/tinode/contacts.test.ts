import { expect, it } from 'vitest';
import { hear } from './contacts.ts';
import { type Contact, createTopic } from './topic.ts';

const meWith = (contact?: Contact) => {
  const me = createTopic('me', 'me', 0, ['ada']);
  if (contact) me.contacts.set('bob', { ...contact });
  return me;
};
const on = { isOnline: true, isEnabled: true };
const off = { isOnline: false, isEnabled: true };
const muted = { isOnline: false, isEnabled: false };

it.each([
  ['on', off, 'on', on],
  ['on', on, undefined, on],
  ['off', on, 'off', off],
  ['off', off, undefined, off],
  ['on', muted, undefined, muted],
  ['on+en', muted, 'on', on],
  ['on+en', on, undefined, on],
  ['off+dis', on, 'off', muted],
  ['off+dis', off, undefined, muted],
  ['?none+en', muted, undefined, off],
  ['?unkn', off, undefined, off],
  ['?unkn+en', muted, undefined, off],
  ['gone', on, 'gone', undefined],
  ['off+rem', muted, undefined, undefined],
  ['off+rem', on, 'off', undefined],
  ['on', undefined, undefined, { isOnline: true, isEnabled: false }],
  ['on+en', undefined, 'on', on],
  ['gone', undefined, undefined, undefined],
  ['upd', undefined, 'upd', undefined],
  ['msg', muted, 'msg', muted],
] as const)('%s from a contact that is %o tells %s and leaves %o', (what, before, told, after) => {
  const me = meWith(before);
  expect(hear(me, { what, from: 'bob', wantsReply: false })).toEqual({ told, reply: undefined });
  expect(me.contacts.get('bob')).toEqual(after);
});

it.each([
  ['on', 'on'],
  ['?unkn+en', 'on'],
  ['off', undefined],
  ['?none+en', undefined],
  ['upd', undefined],
])('answers %s with %s if it is asked to', (what, reply) => {
  expect(hear(meWith(off), { what, from: 'bob', wantsReply: true }).reply).toBe(reply);
});

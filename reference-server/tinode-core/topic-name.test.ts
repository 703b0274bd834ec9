import { expect, it } from 'vitest';
import { idBytes, readTopicName, writeGroupId, writeUserId } from './topic-name.ts';

it.each([
  ['me', { kind: 'me' }],
  ['fnd', { kind: 'fnd' }],
  ['new', { kind: 'new' }],
  ['usroVhYlDImeqk', { kind: 'p2p', peer: 'usroVhYlDImeqk' }],
  ['usr1_fj0-UO0_U', { kind: 'p2p', peer: 'usr1_fj0-UO0_U' }],
  ['grp4H09vuCq8SY', { kind: 'group', group: 'grp4H09vuCq8SY' }],
])('reads %s', (text, name) => {
  expect(readTopicName(text)).toEqual(name);
});

it.each(['usroVhYlDImqk', 'usroVhYlDImeqk0', 'usr', '', 'ME', 'usr oVhYlDImeq', 'xyzoVhYlDImeqk'])(
  'cannot read "%s"',
  text => {
    expect(readTopicName(text)).toBeUndefined();
  },
);

it('reads the ids that it writes', () => {
  for (const byte of [0, 62, 63, 127, 255]) {
    const bits = new Uint8Array(idBytes).fill(byte);
    expect(readTopicName(writeUserId(bits))?.kind).toBe('p2p');
    expect(readTopicName(writeGroupId(bits))?.kind).toBe('group');
  }
});

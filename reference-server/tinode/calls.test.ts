import { expect, it } from 'vitest';
import { ctrlOf, type Heard, inShort, note, openTinodeLobby, pub, sub } from '../testing/tinode-lobby.ts';

/** Ada rings bob, both are in the conversation. */
function ring() {
  const lobby = openTinodeLobby({ profile: 'full' });
  for (const user of ['ada', 'bob']) lobby.enter(user);
  const [ada, bob] = [lobby.idOf('ada'), lobby.idOf('bob')];
  lobby.say('ada', sub(bob));
  lobby.say('bob', sub(ada));
  const start = () => lobby.say('ada', pub(bob, 'call', { head: { webrtc: 'started' } }));
  const tell = (who: string, event: string, seq = 1, more: object = {}) =>
    lobby.say(who, note(who === 'ada' ? bob : ada, 'call', { event, seq, ...more }));
  return { lobby, start, tell };
}

const statesOf = (heard: readonly Heard[]) =>
  heard.map(([who, { data, info }]) => `${who} ${data ? (data.head as { webrtc: string }).webrtc : info!.event}`);

it('begins with a message, and one at a time', () => {
  const { start } = ring();
  expect(inShort(start())).toEqual(['ada ctrl 202', 'ada data 1', 'bob data 1']);
  expect(inShort(start())).toEqual(['ada ctrl 486']);
});

it('is accepted, carried on between the two, and ended', () => {
  const { lobby, start, tell } = ring();
  start();
  expect(tell('bob', 'offer')).toEqual([]);
  expect(statesOf(tell('bob', 'ringing'))).toEqual(['ada ringing']);
  expect(statesOf(tell('bob', 'accept'))).toEqual(['ada accepted', 'bob accepted', 'ada accept']);
  const [[who, { info }]] = tell('ada', 'offer', 1, { payload: { sdp: 'x' } }) as [Heard];
  expect([who, info]).toEqual(['bob', expect.objectContaining({ event: 'offer', payload: { sdp: 'x' } })]);
  lobby.turn(1234);
  const ended = tell('bob', 'hang-up');
  expect(statesOf(ended)).toEqual(['ada finished', 'bob finished', 'ada hang-up', 'bob hang-up']);
  expect(ended[0]![1].data!.head).toMatchObject({ replace: ':1', 'webrtc-duration': 1234, sender: expect.any(String) });
});

it.each([
  ['bob', 'declined'],
  ['ada', 'missed'],
])('that %s ends before it is accepted was %s', (who, state) => {
  const { start, tell } = ring();
  start();
  expect(statesOf(tell(who, 'hang-up'))).toContain(`ada ${state}`);
  expect(tell(who, 'hang-up')).toEqual([]);
});

it('is missed if nobody answers, and lost if somebody goes', () => {
  const { lobby, start, tell } = ring();
  start();
  expect(lobby.turn(29_999)).toEqual([]);
  expect(statesOf(lobby.turn(1))).toEqual(['ada missed', 'bob missed', 'ada hang-up', 'bob hang-up']);
  start();
  tell('bob', 'accept', 3);
  expect(statesOf(lobby.cut('bob'))).toContain('ada disconnected');
});

it('is not to be had in a group, nor where there are none', () => {
  const { lobby } = ring();
  const topic = lobby.group('ada');
  const begin = (name: string) => pub(name, 'call', { head: { webrtc: 'started' } });
  expect(ctrlOf(lobby.say('ada', begin(topic))).code).toBe(403);
  const plain = openTinodeLobby();
  plain.enter('eve');
  expect(ctrlOf(plain.say('eve', begin(plain.group('eve')))).code).toBe(501);
});

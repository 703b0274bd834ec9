import { expect, it } from 'vitest';
import { inShort, leave, openTinodeLobby, pub, set, sub } from '../testing/tinode-lobby.ts';

it('is another as soon as somebody comes or goes, or may read or not', () => {
  const lobby = openTinodeLobby();
  for (const user of ['ada', 'bob']) lobby.enterMe(user);
  const topic = lobby.group('ada');
  const publish = () => inShort(lobby.say('ada', pub(topic, 'x'))).filter(heard => heard.startsWith('bob'));
  const access = (user: string | undefined, mode: string) => set(topic, { sub: { user, mode } });

  expect(publish()).toEqual([]);
  lobby.say('bob', sub(topic));
  expect(publish()).toEqual(['bob data 2']);
  lobby.say('bob', access(undefined, 'JWP'));
  expect(publish()).toEqual([]);
  lobby.say('bob', access(undefined, 'JRW'));
  expect(publish()).toEqual(['bob data 4']);
  lobby.say('ada', access(lobby.idOf('bob'), 'JWP'));
  expect(publish()).toEqual([]);
  lobby.say('ada', access(lobby.idOf('bob'), 'JRWP'));
  lobby.say('bob', access(undefined, 'JRWP'));
  lobby.say('bob', leave(topic));
  expect(publish()).toEqual(['bob pres msg']);
  lobby.say('bob', access(undefined, 'JRW'));
  expect(publish()).toEqual([]);
  lobby.say('bob', sub(topic));
  lobby.say('bob', leave(topic, true));
  expect(publish()).toEqual([]);
});

/** For tests: what happens between users of Tinode 0.25 again and again. */
import {
  ctrlOf,
  get,
  type Heard,
  hi,
  note,
  pub,
  rootLogin,
  secretOf,
  set,
  sub,
  type TinodeLobby,
} from './tinode-lobby.ts';

interface Group {
  readonly tags?: readonly string[];
  readonly desc?: object;
  readonly messages?: number;
}

/** Of ada's, with all three attached. Two of a text, or so, are in it. */
export function group(lobby: TinodeLobby, { messages = 0, ...settings }: Group = {}): string {
  const topic = lobby.group('ada', { set: settings });
  for (const user of ['bob', 'carol']) lobby.say(user, sub(topic));
  for (let n = 1; n <= messages; n++) lobby.say('ada', pub(topic, `number ${n}`));
  return topic;
}

/** Of ada's. Returns what readers call it. */
export function readChannel(lobby: TinodeLobby, readers: readonly string[] = ['bob']): string {
  const channel = String(ctrlOf(lobby.say('ada', sub('nch'))).topic).replace('grp', 'chn');
  for (const user of readers) lobby.say(user, sub(channel));
  return channel;
}

export function give(lobby: TinodeLobby, topic: string, mode: string): Heard[] {
  return lobby.say('ada', set(topic, { sub: { user: lobby.idOf('bob'), mode } }));
}

export function greet(lobby: TinodeLobby): void {
  lobby.connect('new');
  lobby.say('new', hi('new'));
}

export const login = (user: string, password = `${user}-word`) => ({
  login: { id: 'l', scheme: 'basic', secret: secretOf(user, password) },
});

export function logIn(lobby: TinodeLobby, user: string, password?: string): Heard[] {
  greet(lobby);
  return lobby.say('new', login(user, password));
}

/** Ada does something on me. */
export function onMe(lobby: TinodeLobby, request: object): Heard[] {
  lobby.say('ada', sub('me'));
  return lobby.say('ada', request);
}

export function enterRoot(lobby: TinodeLobby): string {
  lobby.connect('root');
  lobby.say('root', hi('root'));
  lobby.say('root', rootLogin);
  return 'root';
}

export function search(lobby: TinodeLobby, query: string): Heard[] {
  lobby.say('ada', sub('fnd'));
  lobby.say('ada', set('fnd', { desc: { public: query } }));
  return lobby.say('ada', get('fnd', 'sub'));
}

export function converse(lobby: TinodeLobby): void {
  lobby.say('ada', sub(lobby.idOf('bob')));
  lobby.say('bob', sub(lobby.idOf('ada')));
}

/** Ada and bob have a conversation, and both are on me. */
export function meet(lobby: TinodeLobby): void {
  converse(lobby);
  for (const user of ['ada', 'bob']) lobby.say(user, sub('me'));
}

export function ring(lobby: TinodeLobby): void {
  converse(lobby);
  lobby.say('ada', pub(lobby.idOf('bob'), 'call', { head: { webrtc: 'started' } }));
}

export function accept(lobby: TinodeLobby): void {
  ring(lobby);
  lobby.say('bob', note(lobby.idOf('ada'), 'call', { event: 'accept', seq: 1 }));
}

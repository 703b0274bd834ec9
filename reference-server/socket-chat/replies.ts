/** What the server says, one JSON object a line: the responses and pushes of FORMAT.md. */
import type { JsonSource } from '../core/json-source.ts';
import type { Account } from './accounts.ts';
import type { SocketChatBehaviour } from './context.ts';
import type { Message } from './requests.ts';

export interface Replies {
  passwordSent(email: string): string;
  verified(): string;
  loggedIn(account: Account, friends: readonly Account[]): string;
  loggedOut(): string;
  users(accounts: readonly Account[]): string;
  /** To the sender of a personal message. */
  acknowledged(id: string): string;
  /** To who receives it, with the address of who sent it; only a personal one has an id. */
  message(message: Message, from: string, id: string | undefined): string;
  /** `email` is the other party's. */
  voice(event: 'request' | 'reject' | 'time' | 'offline', email: string): string;
  accepted(ip: string, port: number): string;
  /** `invalid`: the request was not one. `failed`: it was, and could not be done. */
  error(event: 'invalid' | 'failed', type: string, why: string): string;
}

type Member = readonly [name: string, source: JsonSource];

export function createReplies(behaviour: SocketChatBehaviour): Replies {
  const finish = (source: JsonSource): JsonSource =>
    behaviour.varies('escaped-texts') ? escapeBeyondAscii(source) : source;

  function write(members: readonly Member[]): string {
    const listed = behaviour.varies('extra-members') ? [...members, ...extraMembers] : members;
    return finish(behaviour.varies('members-reordered') ? writeWithBlanks(listed) : writeObject(listed));
  }
  const withEvent = (event: string, type: string, ...more: readonly Member[]): string =>
    write([text('event', event), text('type', type), ...more]);
  const describe = (account: Account): string =>
    writeObject([text('username', account.username), text('email', account.email)]);
  const list = (accounts: readonly Account[]): string => {
    const sources = accounts.map(describe);
    const ordered = sources.length > 1 && behaviour.varies('lists-reordered') ? sources.toReversed() : sources;
    return `[${ordered.join(',')}]`;
  };
  const passOn = (value: string): string => {
    const cut = beyondAscii.test(value) && behaviour.fires('text-beyond-ascii-lost');
    return cut ? value.replace(/[^\x20-\x7e]/gu, '?') : value;
  };

  return {
    passwordSent: email => {
      const said = behaviour.varies('other-texts') ? `${foreignText} → ${email}` : `OTP sent to ${email}`;
      return withEvent('sent', 'otp', text('message', said));
    },
    verified: () => withEvent('success', 'verify'),
    loggedIn(account, friends) {
      const who = [text('username', account.username), text('email', account.email)];
      return withEvent('success', 'login', ['details', writeObject([...who, ['friends', list(friends)]])]);
    },
    loggedOut: () => withEvent('success', 'logout'),
    users: accounts => withEvent('success', 'users', ['details', list(accounts)]),
    acknowledged: id => withEvent('sent', 'message', text('id', id)),
    message({ text: said, media, time }, from, id) {
      const details: Member[] = [text('message', passOn(said))];
      if (id !== undefined) details.unshift(text('id', id));
      if (media !== undefined && !behaviour.fires('media-dropped')) details.push(text('media', media));
      if (media === undefined && behaviour.fires('media-made-up')) details.push(text('media', 'none'));
      details.push(text('from', from), [
        'time',
        time !== '0' && behaviour.fires('time-in-milliseconds') ? `${time}000` : time,
      ]);
      return withEvent(id === undefined ? 'global' : 'personal', 'message', ['details', writeObject(details)]);
    },
    voice: (event, email) => withEvent(event, 'voice', ['details', writeObject([text('email', email)])]),
    accepted(ip, port) {
      const source = behaviour.varies('port-as-number')
        ? String(port)
        : `"${port}${behaviour.fires('port-with-protocol') ? '/udp' : ''}"`;
      return withEvent('accept', 'voice', ['details', writeObject([text('ip', ip), ['port', source]])]);
    },
    error(event, type, why) {
      const isOfEntry = type === 'registration' || type === 'verify' || type === 'login';
      const named = event === 'failed' && !isOfEntry && behaviour.varies('invalid-for-failed') ? 'invalid' : event;
      if (behaviour.fires('error-without-reason')) return withEvent(named, type);
      return withEvent(named, type, text('message', behaviour.varies('other-texts') ? foreignText : why));
    },
  };
}

function text(name: string, value: string): Member {
  return [name, JSON.stringify(value)];
}

function writeObject(members: readonly Member[]): string {
  return `{${members.map(([name, source]) => `${JSON.stringify(name)}:${source}`).join(',')}}`;
}

function writeWithBlanks(members: readonly Member[]): string {
  const written = members.map(([name, source]) => `\t${JSON.stringify(name)} : ${source}`);
  return `{ ${written.reverse().join(' , ')}\t}`;
}

/** As some writers of JSON do: everything beyond ASCII, and slashes. */
function escapeBeyondAscii(source: JsonSource): JsonSource {
  return source.replace(/\P{ASCII}/gu, escapeUnits).replaceAll('/', '\\/');
}

function escapeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map(unit => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

const beyondAscii = /[^\x20-\x7e]/u;
const foreignText = 'Das ging nicht: 失敗しました ✗ "…"';

const extraMembers: readonly Member[] = [
  ['server', '{"name":"reference","load":[0.25,null]}'],
  ['x-note', '"not in the document"'],
];

/** What a client may ask for: from a line to one typed request, or why it is none. Members that FORMAT.md does not name are ignored. */
import { isUtf8 } from 'node:buffer';
import { type JsonSource, kindOf, readJson } from '../core/json-source.ts';
import type { SocketChatBehaviour } from './context.ts';
import { type Members, Missing, readMembers } from './members.ts';

export interface Registration {
  readonly type: 'registration';
  readonly email: string;
  readonly username: string;
  readonly password: string;
}

export interface Login {
  readonly type: 'login';
  /** One of the two may be null, or left out. */
  readonly username: string | undefined;
  readonly email: string | undefined;
  readonly password: string;
}

export interface Message {
  readonly type: 'message';
  /** The recipient's address, or undefined for everybody. */
  readonly to: string | undefined;
  readonly text: string;
  readonly media: string | undefined;
  /** As it was written: digits beyond 2^53 are the sender's too. */
  readonly time: JsonSource;
}

export interface Voice {
  readonly type: 'voice';
  readonly event: 'call' | 'accept' | 'reject';
  readonly email: string;
}

export type Request =
  | Registration
  | { readonly type: 'verify'; readonly otp: string }
  | Login
  | { readonly type: 'logout' }
  | { readonly type: 'users' }
  | Message
  | Voice;

export interface Malformed {
  readonly type: 'malformed';
  /** No JSON object; of no type that is known; or without what its type needs. */
  readonly lacks: 'form' | 'type' | 'content';
  /** The type that was asked for; undefined where the line has none that is known. */
  readonly of: Request['type'] | undefined;
  /** What stood as the type of an unknown request, if it was text. */
  readonly unknownType?: string;
  readonly why: string;
}

/** Never throws; a client may write anything. */
export function readRequest(line: Uint8Array, behaviour: SocketChatBehaviour): Request | Malformed {
  const source = isUtf8(line) ? readJson(Buffer.from(line).toString()) : undefined;
  if (source === undefined) return malformed('form', undefined, 'a line should be JSON in UTF-8');
  if (kindOf(source) !== 'object') return malformed('form', undefined, 'a line should be a JSON object');
  const members = readMembers(source, behaviour);
  const type = members.text('type');
  if (type === undefined) return malformed('type', undefined, 'type should be text');
  if (!isKnown(type)) return { ...malformed('type', undefined, 'there is no request of this type'), unknownType: type };
  try {
    return readers[type](members, behaviour);
  } catch (thrown) {
    if (thrown instanceof Missing) return malformed('content', type, thrown.message);
    throw thrown;
  }
}

const readers: Readonly<Record<Request['type'], (members: Members, behaviour: SocketChatBehaviour) => Request>> = {
  registration(members) {
    const details = members.object('details');
    return {
      type: 'registration',
      email: details.filled('email'),
      username: details.filled('username'),
      password: details.filled('password'),
    };
  },
  verify: members => ({ type: 'verify', otp: members.needed('otp') }),
  login(members, behaviour) {
    const details = members.object('details');
    const username = details.orNull('username');
    const email = details.orNull('email');
    if (details.lacks('username', 'email') && behaviour.varies('login-needs-both-keys'))
      throw new Missing('username and email should both be there, one of them may be null');
    if (username === undefined && email === undefined && !behaviour.isOn('login-by-password-alone'))
      throw new Missing('username and email cannot both be null');
    return { type: 'login', username, email, password: details.needed('password') };
  },
  logout: () => ({ type: 'logout' }),
  users: () => ({ type: 'users' }),
  message(members) {
    const event = members.text('event');
    if (event !== 'global' && event !== 'personal') throw new Missing('event should be "global" or "personal"');
    const details = members.object('details');
    return {
      type: 'message',
      to: event === 'personal' ? details.needed('to') : undefined,
      text: details.needed('message'),
      media: details.orNull('media'),
      time: details.number('time'),
    };
  },
  voice(members) {
    const event = members.text('event');
    if (event !== 'call' && event !== 'accept' && event !== 'reject')
      throw new Missing('event should be "call", "accept" or "reject"');
    return { type: 'voice', event, email: members.object('details').needed('email') };
  },
};

function isKnown(type: string): type is Request['type'] {
  return Object.hasOwn(readers, type);
}

function malformed(lacks: Malformed['lacks'], of: Malformed['of'], why: string): Malformed {
  return { type: 'malformed', lacks, of, why };
}

/** For tests: a socket-chat domain with named connections, a clock that is moved by hand, and all that it does as lines of text. */
import { createBehaviour } from '../core/behaviour.ts';
import type { OpenPair, PairSide, Route } from '../core/datagrams.ts';
import type { Later } from '../core/later.ts';
import type { Outbound } from '../core/outbound.ts';
import { createSocketChat } from '../socket-chat/domain.ts';
import type { FaultName } from '../socket-chat/faults.ts';
import type { VariantName } from '../socket-chat/variants.ts';

interface ChatOptions {
  readonly faults?: readonly FaultName[];
  readonly variants?: readonly VariantName[];
  /** Every one-time password is 0000, instead of 0001 and so on. */
  readonly samePassword?: boolean;
}

export type Chat = ReturnType<typeof openChat>;

/** Calls ring for 30, silence closes a relay after 60. Lines read `ada< {…}` for a line to ada, `ada closed` for a close. */
export function openChat({ faults = [], variants = [], samePassword = false }: ChatOptions = {}) {
  const behaviour = createBehaviour(faults, variants);
  const { later, pass } = createHandClock();
  const pairs: { route: Route; closed: boolean }[] = [];
  const heard: string[] = [];
  const openPair: OpenPair = (route, opened) => {
    const pair = { route, closed: false };
    const port = 4001 + 2 * (pairs.push(pair) - 1);
    heard.push(...tell(opened({ one: port, other: port + 1 })));
    return () => {
      pair.closed = true;
    };
  };
  let made = 0;
  const mails: string[] = [];
  const domain = createSocketChat({
    behaviour,
    later,
    openPair,
    ip: '127.0.0.1',
    callMs: 30,
    silenceMs: 60,
    makePassword: () => String(samePassword ? 0 : ++made).padStart(4, '0'),
    passwordsDiffer: !samePassword,
    mail: (email, password) => mails.push(`${email} ${password}`),
  });
  const names: string[] = [];

  function tell(items: readonly Outbound[]): string[] {
    return items.flatMap(item =>
      item.kind === 'close'
        ? [`${names[item.connection]} closed`]
        : item.to.map(connection => `${names[connection]}< ${item.text}`),
    );
  }

  function connect(name: string): void {
    domain.connect(names.push(name) - 1);
  }

  /** An object is written as JSON; text and bytes go as they are. What a pair that opens meanwhile causes comes first. */
  function say(name: string, what: object | string | Uint8Array): string[] {
    const line =
      what instanceof Uint8Array ? what : Buffer.from(typeof what === 'string' ? what : JSON.stringify(what));
    const caused = tell(domain.receive(names.lastIndexOf(name), line));
    return [...heard.splice(0), ...caused];
  }

  function register(name: string): void {
    connect(name);
    say(name, registration(name));
    say(name, verification(mails.at(-1)!.split(' ')[1]!));
  }

  return {
    behaviour,
    connect,
    say,
    register,
    mails,
    pairs,
    leave: (name: string): string[] => tell(domain.disconnect(names.lastIndexOf(name))),
    /** Registers and logs in. */
    enter(name: string): void {
      register(name);
      say(name, login(name));
    },
    /** Time goes on; what is due happens. */
    pass: (ms: number): string[] => tell(pass(ms)),
    /** What becomes of a datagram of the newest call: `other→5002 text` goes out through that side to that port. */
    datagram: (side: PairSide, fromPort: number, text: string): string[] =>
      pairs
        .at(-1)!
        .route(side, { host: '127.0.0.1', port: fromPort }, Buffer.from(text))
        .map(({ through, to, payload }) => `${through}→${to.port} ${Buffer.from(payload).toString()}`),
  };
}

function createHandClock() {
  const due = new Map<number, { atMs: number; act: () => readonly Outbound[] }>();
  let nowMs = 0;
  let set = 0;
  const later: Later = (delayMs, act) => {
    const id = ++set;
    due.set(id, { atMs: nowMs + delayMs, act });
    return () => void due.delete(id);
  };
  function pass(ms: number): readonly Outbound[] {
    nowMs += ms;
    const items: Outbound[] = [];
    for (const [id, { atMs, act }] of due) {
      if (atMs > nowMs) continue;
      due.delete(id);
      items.push(...act());
    }
    return items;
  }
  return { later, pass };
}

export const emailOf = (name: string): string => `${name}@chat.example`;
const password = '5f4dcc3b5aa765d61d8327deb882cf99';

export const registration = (name: string, details: object = {}) => ({
  type: 'registration',
  details: { email: emailOf(name), password, username: name, ...details },
});
export const verification = (otp: string) => ({ type: 'verify', otp });
export const login = (name: string, details: object = {}) => ({
  type: 'login',
  details: { username: name, email: emailOf(name), password, ...details },
});
export const personal = (to: string, message: string, details: object = {}) => ({
  event: 'personal',
  type: 'message',
  details: { to: emailOf(to), message, time: 1, ...details },
});
export const global = (message: string, details: object = {}) => ({
  event: 'global',
  type: 'message',
  details: { message, time: 1, ...details },
});
export const voice = (event: 'call' | 'accept' | 'reject', name: string) => ({
  type: 'voice',
  event,
  details: { email: emailOf(name) },
});
export const users = { type: 'users' };
export const logout = { type: 'logout' };

/** What the server is expected to say, in its own order of members. */
export const says = {
  sent: (who: string, name: string) => `${who}< {"event":"sent","type":"otp","message":"OTP sent to ${emailOf(name)}"}`,
  success: (who: string, type: string) => `${who}< {"event":"success","type":"${type}"}`,
  loggedIn: (who: string, name: string, ...friends: readonly string[]) =>
    `${who}< ${JSON.stringify({ event: 'success', type: 'login', details: { username: name, email: emailOf(name), friends: friends.map(person) } })}`,
  users: (who: string, ...names: readonly string[]) =>
    `${who}< ${JSON.stringify({ event: 'success', type: 'users', details: names.map(person) })}`,
  acknowledged: (who: string, id: string) => `${who}< {"event":"sent","type":"message","id":"${id}"}`,
  personal: (who: string, id: string, message: string, from: string) =>
    `${who}< ${JSON.stringify({ event: 'personal', type: 'message', details: { id, message, from: emailOf(from), time: 1 } })}`,
  global: (who: string, message: string, from: string) =>
    `${who}< ${JSON.stringify({ event: 'global', type: 'message', details: { message, from: emailOf(from), time: 1 } })}`,
  voice: (who: string, event: string, name: string) =>
    `${who}< ${JSON.stringify({ event, type: 'voice', details: { email: emailOf(name) } })}`,
  accepted: (who: string, port: number) =>
    `${who}< {"event":"accept","type":"voice","details":{"ip":"127.0.0.1","port":"${port}"}}`,
  error: (who: string, event: 'invalid' | 'failed', type: string, why: string) =>
    `${who}< ${JSON.stringify({ event, type, message: why })}`,
};

const person = (name: string) => ({ username: name, email: emailOf(name) });

/** For tests: a domain of Tinode 0.25 with named sessions, and a clock that is turned by hand. */
import { createBehaviour } from '../core/behaviour.ts';
import type { Later } from '../core/later.ts';
import type { Outbound } from '../core/outbound.ts';
import { createTinode, type TinodeOptions } from '../tinode/domain.ts';
import type { FaultName } from '../tinode/faults.ts';
import { type ProfileName, profiles } from '../tinode/profile.ts';
import type { VariantName } from '../tinode/variants.ts';

interface LobbyOptions {
  readonly profile?: ProfileName;
  readonly limits?: Partial<TinodeOptions['limits']>;
  readonly faults?: readonly FaultName[];
  readonly variants?: readonly VariantName[];
}

export type Frame = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
export type TinodeLobby = ReturnType<typeof openTinodeLobby>;
export type Heard = readonly [who: string, frame: Frame];

/** The clock stands at 2026-07-04T12:00:00Z. Random bytes count, so the first account, which is root, is usrAQEBAQEBAQE. */
export function openTinodeLobby({ profile = 'plain', limits = {}, faults = [], variants = [] }: LobbyOptions = {}) {
  const behaviour = createBehaviour(faults, variants);
  const clock = { nowMs: Date.parse('2026-07-04T12:00:00Z') };
  const { later, turn } = createHandTimer(clock);
  let drawn = 0;
  const domain = createTinode({
    roots: [{ id: 'root', token: 'root-word' }],
    profile: profiles[profile],
    limits: { messageBytes: 131_072, subscribers: 128, tags: 16, uploadBytes: 1024, ...limits },
    timers: { unloadMs: 4000, agentMs: 5000, callMs: 30_000, deletableMs: 600_000, tokenMs: 60_000 },
    behaviour,
    later,
    nowMs: () => clock.nowMs,
    randomBytes: count => new Uint8Array(count).fill(++drawn),
  });
  const names: string[] = [];
  const ids = new Map<string, string>();
  const tokens = new Map<string, string>();

  const idOf = (name: string): number => names.lastIndexOf(name);
  const tell = (items: readonly Outbound[]): Heard[] =>
    items.flatMap(item =>
      item.kind === 'close'
        ? [[names[item.connection]!, { closed: { code: item.code } }] as const]
        : item.to.map(connection => [names[connection]!, JSON.parse(item.text)] as const),
    );

  /** An object is written as JSON; text goes as it is. */
  function say(name: string, what: object | string): Heard[] {
    const payload = Buffer.from(typeof what === 'string' ? what : JSON.stringify(what));
    return tell(domain.receive(idOf(name), { payload }));
  }

  function connect(name: string): void {
    domain.connect(names.push(name) - 1, 'websocket');
  }

  /** `ada` makes an account, `ada/phone` is one more session of it. Neither is on me. */
  function enter(name: string): void {
    const [user, device] = name.split('/') as [string, string?];
    connect(name);
    say(name, hi(name));
    const secret = tokens.get(user);
    const isNew = device === undefined;
    if (isNew) say(name, account(user, { cred: [{ meth: 'email', val: `${user}@example.com` }], login: false }));
    const request = isNew ? confirmingLogin(user) : { login: { id: 'l', scheme: 'token', secret } };
    const { params } = ctrlOf(say(name, request)) as { params: { user: string; token: string } };
    ids.set(user, params.user);
    tokens.set(user, params.token);
  }

  /** The same, on me. */
  function enterMe(name: string): void {
    enter(name);
    say(name, sub('me'));
  }

  return {
    behaviour,
    clock,
    connect,
    say,
    enter,
    enterMe,
    /** Lets time go by. */
    turn: (ms: number): Heard[] => tell(turn(ms)),
    cut: (name: string): Heard[] => tell(domain.disconnect(idOf(name))),
    idOf: (user: string): string => ids.get(user)!,
    /** Makes a group and returns its name. */
    group(owner: string, more: object = {}): string {
      return String(ctrlOf(say(owner, sub('new', more))).topic);
    },
  };
}

function createHandTimer(clock: { nowMs: number }) {
  const due: { readonly atMs: number; readonly act: () => readonly Outbound[] }[] = [];
  const later: Later = (delayMs, act) => {
    const entry = { atMs: clock.nowMs + delayMs, act };
    due.push(entry);
    return () => {
      const at = due.indexOf(entry);
      if (at >= 0) due.splice(at, 1);
    };
  };
  function turn(ms: number): Outbound[] {
    clock.nowMs += ms;
    const now = due.filter(({ atMs }) => atMs <= clock.nowMs);
    for (const entry of now) due.splice(due.indexOf(entry), 1);
    return now.flatMap(({ act }) => [...act()]);
  }
  return { later, turn };
}

/** The answer among what was heard. */
export function ctrlOf(heard: readonly Heard[]): Readonly<Record<string, unknown>> {
  return heard.find(([, frame]) => frame.ctrl !== undefined)![1].ctrl!;
}

export const hi = (ua: string, ver = '0.25') => ({ hi: { id: 'h', ver, ua } });
export const secretOf = (user: string, password = `${user}-word`): string =>
  Buffer.from(`${user}.name:${password}`).toString('base64');
export const account = (user: string, more: object = {}) => ({
  acc: {
    id: 'a',
    user: 'new',
    scheme: 'basic',
    secret: secretOf(user),
    login: true,
    tags: [`tag:${user}`],
    desc: { public: { fn: user } },
    ...more,
  },
});
export const rootLogin = { login: { id: 'l', scheme: 'basic', secret: btoa('root:root-word') } };
const confirmingLogin = (user: string) => ({
  login: { id: 'l', scheme: 'basic', secret: secretOf(user), cred: [{ meth: 'email', resp: '123456' }] },
});
export const sub = (topic: string, more: object = {}) => ({ sub: { id: 's', topic, ...more } });
export const leave = (topic: string, unsub = false) => ({ leave: { id: 'v', topic, unsub } });
export const pub = (topic: string, content: unknown, more: object = {}) => ({
  pub: { id: 'p', topic, content, ...more },
});
export const get = (topic: string, what: string, more: object = {}) => ({ get: { id: 'g', topic, what, ...more } });
export const set = (topic: string, more: object) => ({ set: { id: 't', topic, ...more } });
export const del = (topic: string, what: string, more: object = {}) => ({ del: { id: 'd', topic, what, ...more } });
export const note = (topic: string, what: string, more: object = {}) => ({ note: { topic, what, ...more } });

/** Who heard what, in short: `ada ctrl 200`, `bob data 3`, `bob pres on`, `ada meta desc`. */
export function inShort(heard: readonly Heard[]): string[] {
  return heard.map(([who, frame]) => {
    const [kind, body] = Object.entries(frame)[0]!;
    return `${who} ${kind} ${String(body.code ?? body.what ?? body.seq ?? partOf(body))}`;
  });
}

function partOf(meta: Readonly<Record<string, unknown>>): string {
  return Object.keys(meta).find(name => !['id', 'topic', 'ts'].includes(name))!;
}

/** For tests: a domain of Tinode 0.13 with named sessions. Each frame that goes out is a pair of the session's name and the frame. */
import { createBehaviour } from '../core/behaviour.ts';
import type { Outbound } from '../core/outbound.ts';
import { createTinode } from '../tinode-2017/domain.ts';
import type { FaultName } from '../tinode-2017/faults.ts';
import type { VariantName } from '../tinode-2017/variants.ts';

interface TinodeRoomOptions {
  readonly users?: readonly { readonly id: string; readonly token: string }[];
  readonly tokenMs?: number;
  readonly faults?: readonly FaultName[];
  readonly variants?: readonly VariantName[];
}

export type Heard = readonly [who: string, frame: Readonly<Record<string, unknown>>];
export type TinodeRoom = ReturnType<typeof openTinodeRoom>;

/** The clock stands at 2017-08-05T12:00:00Z. Random bytes count, so the first account is usrAQEBAQEBAQE. */
export function openTinodeRoom(options: TinodeRoomOptions = {}) {
  const { users = [], tokenMs = 1000, faults = [], variants = [] } = options;
  const behaviour = createBehaviour(faults, variants);
  const clock = { nowMs: Date.parse('2017-08-05T12:00:00Z') };
  let drawn = 0;
  const randomBytes = (count: number): Uint8Array => new Uint8Array(count).fill(++drawn);
  const domain = createTinode({ users, tokenMs, behaviour, nowMs: () => clock.nowMs, randomBytes });
  const names: string[] = [];
  const ids = new Map<string, string>();

  const idOf = (name: string): number => names.lastIndexOf(name);
  const tell = (items: readonly Outbound[]): Heard[] =>
    items.flatMap(item =>
      item.kind === 'close'
        ? [[names[item.connection]!, { closed: item.code }] as const]
        : item.to.map(connection => [names[connection]!, JSON.parse(item.text)] as const),
    );

  /** An object is written as JSON; text goes as it is. */
  function say(name: string, what: object | string): Heard[] {
    const payload = Buffer.from(typeof what === 'string' ? what : JSON.stringify(what));
    return tell(domain.receive(idOf(name), { payload }));
  }

  function connect(name: string): Heard[] {
    return tell(domain.connect(names.push(name) - 1));
  }

  /** `ada` makes an account, `ada/laptop` is one more session of it. Returns what the last request was answered. */
  function enter(name: string): Heard[] {
    const [user, device] = name.split('/') as [string, string?];
    connect(name);
    say(name, hi);
    if (device !== undefined) return say(name, login(user));
    const heard = say(name, account(user));
    const { ctrl } = heard[0]![1] as { ctrl: { params: { user: string } } };
    ids.set(user, ctrl.params.user);
    return heard;
  }

  return {
    behaviour,
    clock,
    connect,
    say,
    enter,
    cut: (name: string): Heard[] => tell(domain.disconnect(idOf(name))),
    idOf: (user: string): string => ids.get(user)!,
  };
}

export const hi = { hi: { id: 'h', ver: '0.13', ua: 'test' } };
export const secretOf = (user: string, password = `${user}-word`): string =>
  Buffer.from(`${user}:${password}`).toString('base64');
/** The tag of ada is `tag:ada`, and what she shows is `{ fn: 'ada' }`. */
export const account = (user: string, more: object = { login: true }) => ({
  acc: {
    id: 'a',
    user: 'new',
    scheme: 'basic',
    secret: secretOf(user),
    tags: [`tag:${user}`],
    desc: { public: { fn: user } },
    ...more,
  },
});
export const login = (user: string, password?: string) => ({
  login: { id: 'l', scheme: 'basic', secret: secretOf(user, password) },
});
export const byToken = (secret: string) => ({ login: { id: 't', scheme: 'token', secret } });
export const sub = (topic: string, what?: string) => ({ sub: { id: 's', topic, ...(what && { get: { what } }) } });
export const leave = (topic: string) => ({ leave: { id: 'v', topic } });
export const pub = (topic: string, content: unknown) => ({ pub: { id: 'p', topic, content } });
export const get = (topic: string, what: string) => ({ get: { id: 'g', topic, what } });
export const lookFor = (...tags: string[]) => ({ set: { id: 'f', topic: 'fnd', desc: { private: tags } } });
export const show = (value: unknown) => ({ set: { id: 'w', topic: 'me', desc: { public: value } } });

/** Who heard what, in short: `ada ctrl 200`, `bob data 3`, `bob pres on`, `ada meta desc`. */
export function inShort(heard: readonly Heard[]): string[] {
  return heard.map(([who, frame]) => {
    const [kind, body] = Object.entries(frame)[0] as [string, Record<string, unknown>];
    const what = body.code ?? body.what ?? body.seq ?? (body.desc ? 'desc' : 'sub');
    return `${who} ${kind} ${kind === 'closed' ? String(body) : String(what)}`;
  });
}

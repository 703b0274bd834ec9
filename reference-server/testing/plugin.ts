/** For tests: a Messenger plugin with named connections, and all that it does as lines of text. */
import { createBehaviour } from '../core/behaviour.ts';
import type { Outbound } from '../core/outbound.ts';
import { createThunderMessenger } from '../thunder-messenger/domain.ts';
import type { FaultName } from '../thunder-messenger/faults.ts';
import type { GenerationName } from '../thunder-messenger/generations.ts';
import type { VariantName } from '../thunder-messenger/variants.ts';

interface PluginOptions {
  readonly generation?: GenerationName;
  readonly faults?: readonly FaultName[];
  readonly variants?: readonly VariantName[];
}

/** Tokens are `home` and `office`. Lines read `alice< {…}`; those of an HTTP answer `alice< 200 {…}`. */
export function openPlugin({ generation = 'r5', faults = [], variants = [] }: PluginOptions = {}) {
  const behaviour = createBehaviour(faults, variants);
  const tokens = [
    { id: 'https://den.home.example/app', token: 'home' },
    { id: 'https://desk.office.example:8443', token: 'office' },
  ];
  const domain = createThunderMessenger({ tokens, generation, behaviour, epoch: 'e1' });
  const names: string[] = [];

  const idOf = (name: string): number => names.lastIndexOf(name);
  const tell = (items: readonly Outbound[]): string[] =>
    items.flatMap(item =>
      item.kind === 'close' ? [] : item.to.map(connection => `${names[connection]}< ${item.text}`),
    );

  function say(name: string, what: object | string): string[] {
    const text = typeof what === 'string' ? what : JSON.stringify(what);
    return tell(domain.receive(idOf(name), { payload: Buffer.from(text) }));
  }

  function connect(name: string, path = '/jsonrpc', token?: string): string[] {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return tell(domain.connect(names.push(name) - 1, { path, headers }));
  }

  return {
    behaviour,
    connect,
    say,
    /** The roomid that the answer gives. */
    join(name: string, room: string, user = name): string {
      const { result } = JSON.parse(say(name, join(room, user)).at(-1)!.slice(`${name}< `.length));
      return typeof result === 'string' ? result : (result?.roomid ?? result?.id);
    },
    /** Lines to others come first, the answer last. */
    post(name: string, what: object | string, method = 'POST', path = '/jsonrpc'): string[] {
      if (!names.includes(name)) names.push(name);
      const body = Buffer.from(typeof what === 'string' ? what : JSON.stringify(what));
      const { status, text, outbound } = domain.answer(idOf(name), { method, path, headers: {}, body });
      return [...tell(outbound), `${name}< ${[status, ...(text === undefined ? [] : [text])].join(' ')}`];
    },
    leave: (name: string): string[] => tell(domain.disconnect(idOf(name))),
  };
}

export type Lounge = ReturnType<typeof openLounge>;

/** Alice and bob are in the lounge and watch it as `c`; eve watches rooms as `tower`; home and office have access tokens. */
export function openLounge(options: PluginOptions = {}) {
  const plugin = openPlugin(options);
  for (const name of ['alice', 'bob', 'eve']) plugin.connect(name);
  for (const name of ['home', 'office']) plugin.connect(name, '/jsonrpc', name);
  const alice = plugin.join('alice', 'lounge');
  const bob = plugin.join('bob', 'lounge');
  plugin.say('eve', register('roomupdate', 'tower'));
  for (const [name, roomid] of [
    ['alice', alice],
    ['bob', bob],
  ] as const)
    for (const event of ['userupdate', 'message']) plugin.say(name, register(event, `${roomid}.c`));
  return { ...plugin, alice, bob };
}

export const call = (method: string, params?: unknown, id: number | undefined = 1) => ({
  jsonrpc: '2.0',
  id,
  method: `Messenger.1.${method}`,
  params,
});
export const join = (room: unknown, user: unknown, more: object = {}) => call('join', { room, user, ...more });
export const leave = (roomid: unknown) => call('leave', { roomid });
export const send = (roomid: unknown, message: unknown) => call('send', { roomid, message });
export const register = (event: string, id: string) => call('register', { event, id });
export const unregister = (event: string, id: string) => call('unregister', { event, id });

/** What the server is expected to say, in its own order of members. */
export const says = {
  result: (who: string, result: unknown, id: number | null = 1) =>
    `${who}< ${JSON.stringify({ jsonrpc: '2.0', id, result })}`,
  error: (who: string, code: number, message: string, id: number | null = 1) =>
    `${who}< ${JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })}`,
  notification: (who: string, method: string, params: object) =>
    `${who}< ${JSON.stringify({ jsonrpc: '2.0', method, params })}`,
  room: (who: string, client: string, room: string, action: string, secure = 'insecure') =>
    says.notification(who, `${client}.roomupdate`, { room, action, secure }),
};

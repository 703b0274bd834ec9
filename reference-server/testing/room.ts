/** For tests: a GradAgenda domain with named connections, and all that it does as lines of text. */
import { createBehaviour } from '../core/behaviour.ts';
import type { Outbound } from '../core/outbound.ts';
import { createGradagenda } from '../gradagenda/domain.ts';
import type { FaultName } from '../gradagenda/faults.ts';
import type { VariantName } from '../gradagenda/variants.ts';

interface RoomOptions {
  readonly users?: readonly string[];
  readonly demo?: boolean;
  readonly frameBytes?: number;
  readonly epoch?: string;
  readonly faults?: readonly FaultName[];
  readonly variants?: readonly VariantName[];
}

export type Room = ReturnType<typeof openRoom>;

/** Users' tokens are `t`. Lines read `alice< {…}` for a frame to alice, `alice closed 1009` for a close. */
export function openRoom(options: RoomOptions = {}) {
  const { users = ['alice', 'bob', 'carol'], demo = false, frameBytes = 4096, epoch = 'e1' } = options;
  const behaviour = createBehaviour(options.faults ?? [], options.variants ?? []);
  const accounts = users.map(id => ({ id, token: 't' }));
  const nowMs = () => 1_700_000_000_000;
  const domain = createGradagenda({ users: accounts, demo, frameBytes, behaviour, epoch, nowMs });
  const names: string[] = [];

  const tell = (items: readonly Outbound[]): string[] =>
    items.flatMap(item =>
      item.kind === 'close'
        ? [`${names[item.connection]} closed ${item.code}`]
        : item.to.map(connection => `${names[connection]}< ${item.text}`),
    );
  const idOf = (name: string): number => names.lastIndexOf(name);

  function connect(name: string): string[] {
    return tell(domain.connect(names.push(name) - 1));
  }

  /** An object is written as JSON; text and bytes go as they are. */
  function say(name: string, what: object | string | Uint8Array, binary = false): string[] {
    const text = typeof what === 'string' ? what : JSON.stringify(what);
    const payload = what instanceof Uint8Array ? what : Buffer.from(text);
    return tell(domain.receive(idOf(name), { payload, binary }));
  }

  return {
    behaviour,
    domain,
    connect,
    say,
    leave: (name: string): string[] => tell(domain.disconnect(idOf(name))),
    /** Connects `name`, or `name/device`, and authenticates as that user. */
    enter(name: string): string[] {
      const [user, device = 'phone'] = name.split('/') as [string, string?];
      return [...connect(name), ...say(name, auth(user, device))];
    },
  };
}

export const auth = (user: string | number, device = 'phone', token = 't') => ({
  cdid: 'auth',
  type: 'authenticate',
  'user-id': user,
  'device-id': device,
  token,
});
export const direct = (user: string | number) => ({ cdid: 'd', type: 'request-direct-session-info', 'user-id': user });
export const create = (...users: (string | number)[]) => ({
  cdid: 'c',
  type: 'request-mutable-session-creation',
  'user-id': users,
});
export const modify = (session: string, ...users: (string | number)[]) => ({
  cdid: 'm',
  type: 'request-mutable-session-modification',
  'session-id': session,
  'user-id': users,
});
export const remove = (session: string) => ({
  cdid: 'r',
  type: 'request-mutable-session-deletion',
  'session-id': session,
});
export const list = { cdid: 'l', type: 'request-mutable-session-listing' };
export const send = (session: string, body: string, cdid = 's') => ({
  cdid,
  type: 'request-sending-a-message',
  'session-id': session,
  message: { type: 'text', body },
  'sender-timestamp': 1,
});
export const batch = (...actions: unknown[]) => ({ cdid: 'b', type: 'batch-mode-action', actions });

/** The session of these two, as the server without variants names it. */
export const directId = (one: string, other: string): string =>
  `direct-${Buffer.from(JSON.stringify([one, other].sort())).toString('base64url')}`;

/** What the server is expected to say, in its own order of members. */
export const says = {
  status: (who: string, status: string, cdid: string, message?: string) =>
    `${who}< ${JSON.stringify({ cdid, type: 'status-response', status, message })}`,
  info: (who: string, session: string, type: string, status: string, users: unknown[]) =>
    `${who}< ${JSON.stringify({ type: 'providing-session-info', 'session-id': session, 'session-type': type, status, 'user-id': users })}`,
  message: (who: string, session: string, sender: unknown, body: string) =>
    `${who}< ${JSON.stringify({ type: 'message-broadcast', 'session-id': session, 'sender-id': sender, message: { type: 'text', body }, 'sender-timestamp': 1 })}`,
};

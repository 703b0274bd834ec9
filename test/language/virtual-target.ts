/** The other side of the stage: does what the interpreter asks, in virtual time, and keeps what has not been answered. */
import type { ClientEvent, DueEvent, LogEvent, Written } from '../../src/evidence/events.ts';
import type { Action, RequestAction, WriteAction } from '../../src/scenario/interpret/action.ts';

export interface Target {
  ask(actions: readonly Action[]): void;
  /** What comes of the actions by itself and at once. */
  next(): LogEvent | undefined;
  /** The timer that is due first, if it is until then; time moves to it. */
  due(untilUs: number): LogEvent | undefined;
  /** Answers the oldest open barrier, or an own close. */
  answer(): LogEvent | undefined;
  pong(client: string, t: number): LogEvent;
  /** A barrier that a line of the script answers needs no other answer. */
  seen(event: LogEvent): void;
  written(client: string, t: number, failed: boolean): readonly LogEvent[];
  advance(atUs: number): void;
  nowUs(): number;
  finished(): boolean;
  asked(): readonly string[];
}

type Timer = DueEvent['timer'];

export function createTarget(options: { readonly silent?: readonly string[]; readonly byHand?: boolean }): Target {
  const timers = new Map<
    string,
    { readonly client: string | undefined; readonly timer: Timer; readonly atUs: number }
  >();
  const ready: LogEvent[] = [];
  const waiting: ClientEvent[] = [];
  const barriers: { readonly client: string; readonly text: string }[] = [];
  const closing: string[] = [];
  const asked: string[] = [];
  let nowUs = 0;
  let finished = false;

  function ask(actions: readonly Action[]): void {
    for (const action of actions) {
      if (action.do !== 'timer' && action.do !== 'finish') asked.push(`${inWords(action)}`);
      if (action.do === 'finish') finished = true;
      else if (action.do === 'timer') setTimer(action.client, action.timer, action.atUs);
      else if (action.do !== 'fetch' && action.do !== 'restart') perform(action);
    }
  }

  function setTimer(client: string | undefined, timer: Timer, atUs: number | undefined): void {
    if (atUs === undefined) timers.delete(`${client} ${timer}`);
    else timers.set(`${client} ${timer}`, { client, timer, atUs });
  }

  function perform(action: Exclude<Action, { do: 'timer' | 'finish' | 'fetch' | 'restart' }>): void {
    const event = effectOf(action, nowUs);
    if (event) (options.byHand ? waiting : ready).push(event);
    if (action.do === 'close' && !action.half) closing.push(action.client);
    if (action.do === 'write' && action.n === 0) barriers.push({ client: action.client, text: String(action.data) });
  }

  function pong(client: string, t: number): LogEvent {
    const k = barriers.findIndex(each => each.client === client);
    if (k < 0) throw new Error(`${client} has no barrier under way`);
    const [{ text }] = barriers.splice(k, 1) as unknown as [{ text: string }];
    const { id } = JSON.parse(text) as { id?: string };
    return { event: 'item', x: 0, c: client, t, text: JSON.stringify({ t: 'pong', id }) };
  }

  /** An answer takes a millisecond. */
  function soon(): number {
    nowUs += 1_000;
    return nowUs;
  }

  function seen(event: LogEvent): void {
    if (event.event !== 'item' || event.text === undefined || barriers.length === 0) return;
    const id = /"id":("[^"]*")/.exec(event.text)?.[1];
    const k = barriers.findIndex(
      ({ client, text }) => client === event.c && id !== undefined && text.includes(`"id":${id}`),
    );
    if (k >= 0) barriers.splice(k, 1);
  }

  return {
    ask,
    pong,
    seen,
    next: () => ready.shift(),
    due(untilUs) {
      const [first] = [...timers.values()].sort((a, b) => a.atUs - b.atUs);
      if (!first || first.atUs > untilUs) return undefined;
      timers.delete(`${first.client} ${first.timer}`);
      nowUs = Math.max(nowUs, first.atUs);
      return {
        event: 'due',
        x: 0,
        t: nowUs,
        timer: first.timer,
        ...(first.client === undefined ? {} : { c: first.client }),
      };
    },
    answer() {
      const barrier = barriers.find(({ client }) => !options.silent?.includes(client));
      if (barrier) return pong(barrier.client, soon());
      const client = closing.shift();
      return client === undefined ? undefined : { event: 'closed', x: 0, c: client, t: soon(), code: 1000, by: 'us' };
    },
    written(client, t, failed) {
      const k = waiting.findIndex(event => event.c === client);
      if (k < 0) throw new Error(`${client} has nothing under way`);
      const [event] = waiting.splice(k, 1) as unknown as [ClientEvent];
      return [
        {
          ...event,
          t,
          ...(failed && event.event === 'written' ? { failed: 'the connection is over' } : {}),
        } as ClientEvent,
      ];
    },
    advance(atUs) {
      nowUs = Math.max(nowUs, atUs);
    },
    nowUs: () => nowUs,
    finished: () => finished,
    asked: () => asked,
  };
}

/** What an action leaves in the log, if nothing goes wrong. */
export function effectOf(action: Action, t: number): ClientEvent | undefined {
  if (action.do === 'connect') {
    const [subprotocol] = action.subprotocols;
    return { event: 'opened', x: 0, c: action.client, t, address: 'toy', ...(subprotocol && { subprotocol }) };
  }
  if (action.do === 'write')
    return { event: 'written', x: 0, c: action.client, t, what: action.what, n: action.n, ...dataOf(action) };
  if (action.do === 'request') return requestWritten(action, t);
  if (action.do !== 'close') return undefined;
  const what = action.abort ? 'abort' : action.half ? 'half-close' : 'close';
  return { event: 'written', x: 0, c: action.client, t, what, n: action.half ? 1 : 0 };
}

function requestWritten({ client: c, n, method, path, headers, body }: RequestAction, t: number): Written {
  return {
    event: 'written',
    x: 0,
    c,
    t,
    what: 'http',
    n,
    ...(body === undefined ? {} : { text: body }),
    http: { method, path, headers },
  };
}

function dataOf({ data }: WriteAction): { readonly text: string } | { readonly base64: string } {
  return typeof data === 'string' ? { text: data } : { base64: Buffer.from(data).toString('base64') };
}

function inWords(action: Exclude<Action, { do: 'timer' | 'finish' }>): string {
  switch (action.do) {
    case 'connect': {
      const { client, host, port, path, query, headers, subprotocols, pong } = action;
      const set = { host, port, path, query, headers, subprotocols, pong };
      const told = Object.entries(set).filter(([name, value]) =>
        name === 'pong'
          ? value === false
          : value !== undefined &&
            Object.keys(Object(value)).length + String(value).length > 0 &&
            JSON.stringify(value) !== '{}' &&
            JSON.stringify(value) !== '[]',
      );
      return `${client} connect${told.map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`).join('')}`;
    }
    case 'write': {
      const { client, what, data, cut, everyUs, hold, opcode } = action;
      const how = [
        what === 'frame' ? '' : what,
        what === 'raw' && opcode ? opcode : '',
        hold ? 'hold' : '',
        cut.length > 0 ? `cut=${String(cut)}` : '',
        everyUs > 0 ? `every=${everyUs}us` : '',
      ];
      return `${client} > ${typeof data === 'string' ? data : `bytes ${Buffer.from(data).toString('hex')}`}${how
        .filter(Boolean)
        .map(each => ` ${each}`)
        .join('')}`;
    }
    case 'request':
      return `${action.client} > ${action.method} ${action.path}${action.body === undefined ? '' : ` ${action.body}`}`;
    case 'close':
      return `${action.client} close${action.code === undefined ? '' : ` ${action.code}`}${action.half ? ' half' : ''}${action.abort ? ' abort' : ''}`;
    case 'reading':
      return `${action.client} reading ${action.go ? 'go' : 'stop'}`;
    case 'fetch':
      return `fetch ${action.source} ${JSON.stringify(action.with)}`;
    case 'restart':
      return 'restart';
  }
}

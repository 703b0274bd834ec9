/** Scenarios and logs made from a number: valid scenarios of two or three clients, and targets that mostly, but not always, do what is expected. */
import type { LogEvent } from '../../src/evidence/events.ts';
import type { Action } from '../../src/scenario/interpret/action.ts';
import { begin, beginState, feed, type Machine } from '../../src/scenario/interpret/interpreter.ts';
import { forkState, type State } from '../../src/scenario/interpret/state.ts';
import type { Random } from './random.ts';
import { compile } from './stage.ts';
import { effectOf } from './virtual-target.ts';

const letters = ['a', 'b', 'c', 'd'];

/** The text of a scenario, without its header. */
function scenarioOf(random: Random): string {
  const names = ['alice', 'bob', 'carol'].slice(0, 2 + random.under(2));
  const clients = names.map(
    (name, k) =>
      `${name}: ${k > 0 && random.chance(0.2) ? '{ as: connected, transport: dgram }' : random.chance(0.3) ? 'user' : 'connected'}`,
  );
  const marks: string[] = [];
  const slots: string[] = [];
  const steps = random.list(2, 6, k => stepOf(random, names, k, marks, slots));
  const last = random.chance(0.5)
    ? `finally: [ { client: ${random.oneOf(names)}, send: { t: say }, expect: { frame: { t: ok } } } ]`
    : '';
  return `clients: { ${clients.join(', ')} }\nsteps:\n${steps.map(step => `  - { ${step} }`).join('\n')}\n${last}`;
}

function stepOf(random: Random, names: readonly string[], k: number, marks: string[], slots: string[]): string {
  if (random.chance(0.1)) {
    slots.push(`f${k}`);
    return `fetch: otp, with: { email: x }, as: f${k}`;
  }
  const clients = names.filter(() => random.chance(0.5));
  if (clients.length === 0) clients.push(random.oneOf(names));
  const parts = [`client: [${clients.join(', ')}]`];
  const since = marks.length > 0 && random.chance(0.2) ? random.oneOf(marks) : undefined;
  const act = actOf(random, slots);
  if (act) parts.push(act);
  const mark = act?.startsWith('send') && random.chance(0.3) ? `m${k}` : undefined;
  if (mark) parts.push(`mark: ${mark}`);
  const expects = !act || random.chance(0.7);
  const captured = expects && clients.length === 1 && random.chance(0.3) ? `v${k}` : undefined;
  if (expects)
    parts.push(
      `expect: ${captured ? `{ check: x.v, frame: { t: ${random.oneOf(letters)}, v: { $as: ${captured} } } }` : expectationOf(random, 2)}`,
    );
  const until = random.chance(0.4) ? random.oneOf(['barrier', 'barrier', '300 ms']) : undefined;
  const reads = expects || until !== undefined;
  if (until && !act?.startsWith('close')) parts.push(`until: ${until}`);
  if (reads && until && !act?.startsWith('close') && random.chance(0.6))
    parts.push(`never: { check: x.never${k}, frame: { t: ${random.oneOf(letters)} } }`);
  if (expects && since) parts.push(`since: ${since}`);
  if (expects && random.chance(0.2)) parts.push(`ignore: [ { t: ${random.oneOf(letters)} } ]`);
  if (mark) marks.push(mark);
  if (captured) slots.push(captured);
  return parts.join(', ');
}

function actOf(random: Random, slots: readonly string[]): string | undefined {
  const value = slots.length > 0 && random.chance(0.5) ? `, v: $(${random.oneOf(slots)})` : '';
  switch (random.under(9)) {
    case 0:
      return undefined;
    case 1:
      return `send: [ { t: note }, { t: say${value} } ]`;
    case 2:
      return 'send: { t: say, n: $(i) }, times: 3, window: 2';
    case 3:
      return `send: { t: note${value} }, times: 2, every: 50 ms`;
    case 4:
      return random.chance(0.3) ? 'close: {}' : `send: { t: say${value} }`;
    case 5:
      return random.chance(0.3) ? 'connect: {}' : undefined;
    default:
      return `send: { t: say${value} }`;
  }
}

function expectationOf(random: Random, depth: number): string {
  const item = () => {
    const demand = random.oneOf([
      '',
      '',
      '',
      ', within: 60 ms',
      ', notBefore: 20 ms',
      ', grade: lenient',
      ', verify: { check: x.verify, frame: { n: 1 } }',
    ]);
    const pattern = random.chance(0.15)
      ? 'frame: { t: ok }'
      : random.chance(0.1)
        ? 'closed: {}'
        : `frame: { t: ${random.chance(0.8) ? random.oneOf(letters) : '{ $oneOf: [a, b] }'} }`;
    return `{ check: x.${random.oneOf(letters)}, ${pattern}${demand} }`;
  };
  const children = () => random.list(1, 3, () => expectationOf(random, depth - 1)).join(', ');
  if (depth === 0) return item();
  switch (random.under(8)) {
    case 0:
      return `{ inOrder: [ ${children()} ] }`;
    case 1:
      return `{ anyOrder: [ ${children()} ] }`;
    case 2:
      return `{ oneOf: [ ${children()} ] }`;
    case 3:
      return `{ optional: ${expectationOf(random, depth - 1)} }`;
    case 4:
      return `{ repeat: ${expectationOf(random, depth - 1)}, min: ${random.under(2)}, max: 2 }`;
    default:
      return item();
  }
}

/** A scenario that compiles: what a number makes is not always one. */
export function machineOf(random: Random): Machine {
  for (;;) {
    const text = scenarioOf(random);
    try {
      return compile(text).machine;
    } catch (thrown) {
      if (!(thrown instanceof Error) || !/^\d+: /.test(thrown.message)) throw thrown;
    }
  }
}

/** What is under way between the interpreter and its driver. */
export interface Driver {
  readonly ready: LogEvent[];
  readonly timers: Map<
    string,
    {
      readonly client: string | undefined;
      readonly timer: 'patience' | 'until' | 'pace' | 'timeout';
      readonly atUs: number;
    }
  >;
  readonly pings: { readonly client: string; readonly id: string }[];
  readonly requests: { readonly client: string; readonly id: string }[];
  readonly open: Set<string>;
  fetching: boolean;
  finished: boolean;
}

export function createDriver(): Driver {
  return { ready: [], timers: new Map(), pings: [], requests: [], open: new Set(), fetching: false, finished: false };
}

export function perform(driver: Driver, actions: readonly Action[], t: number): void {
  for (const action of actions) {
    if (action.do === 'finish') driver.finished = true;
    else if (action.do === 'fetch') driver.fetching = true;
    else if (action.do === 'timer') {
      const key = `${action.client} ${action.timer}`;
      if (action.atUs === undefined) driver.timers.delete(key);
      else driver.timers.set(key, { client: action.client, timer: action.timer, atUs: action.atUs });
    } else {
      const effect = effectOf(action, t);
      if (effect) driver.ready.push(effect);
      if (action.do === 'write') noteRequest(driver, action.client, String(action.data), action.n === 0);
    }
  }
}

function noteRequest(driver: Driver, client: string, text: string, barrier: boolean): void {
  const { id } = JSON.parse(text) as { id?: string };
  if (id !== undefined) (barrier ? driver.pings : driver.requests).push({ client, id });
}

/** Plays a target until the scenario is finished; gives the log. */
export function logOf(machine: Machine, random: Random): readonly LogEvent[] {
  const state = beginState(machine, 0);
  const driver = createDriver();
  const log: LogEvent[] = [];
  const manners = random.oneOf([0.95, 0.9, 0.7, 0.3]);
  let t = 0;
  const give = (event: LogEvent) => {
    log.push(event);
    if (event.event === 'opened') driver.open.add(event.c);
    if (event.event === 'closed' || event.event === 'refused') driver.open.delete(event.c);
    perform(driver, feed(machine, state, event), t);
  };
  perform(driver, begin(machine, state), t);
  for (let k = 0; k < 400 && !driver.finished; k++) {
    const effect = driver.ready.shift();
    if (effect) give(effect.event === 'opened' && random.chance(0.02) ? refusal(effect) : effect);
    else {
      t += random.oneOf([0, 1, 10_000, 30_000]);
      const event = eventOf(machine, state, driver, random, manners, t);
      t = Math.max(t, event.t);
      give(event);
    }
  }
  return log;
}

function refusal({ x, c, t }: Extract<LogEvent, { event: 'opened' }>): LogEvent {
  return { event: 'refused', x, c, t, code: 'ECONNREFUSED', detail: 'nobody listens' };
}

function eventOf(machine: Machine, state: State, driver: Driver, random: Random, manners: number, t: number): LogEvent {
  if (driver.fetching && random.chance(0.7)) {
    driver.fetching = false;
    return {
      event: 'fetched',
      x: 0,
      t,
      source: 'otp',
      ...(random.chance(0.6) ? { value: random.oneOf([1, 'code', { a: 1 }]) } : { failed: 'no mail' }),
    };
  }
  if (random.chance(0.05)) return { event: 'stalled', t, lagUs: random.oneOf([10_000, 300_000, 9_000_000]) };
  const open = [...driver.open];
  const closing = state.clients.find(client => client.status === 'closing' && driver.open.has(client.name));
  if (closing && random.chance(0.7)) return { event: 'closed', x: 0, c: closing.name, t, code: 1000, by: 'us' };
  if (open.length > 0 && random.chance(0.02 * (1.3 - manners)))
    return { event: 'closed', x: 0, c: random.oneOf(open), t, code: 1011, by: 'target' };
  if (driver.pings.length > 0 && random.chance(0.5))
    return pong(driver.pings.splice(random.under(driver.pings.length), 1)[0]!, t);
  if (random.chance(manners)) {
    const wanted = wantedItem(machine, state, driver, random, t);
    if (wanted) return wanted;
  } else if (open.length > 0) return itemOf(random, random.oneOf(open), driver, t);
  const due = [...driver.timers.values()].sort((a, b) => a.atUs - b.atUs)[0];
  if (due && due.timer !== 'timeout' && !driver.pings.length) {
    driver.timers.delete(`${due.client} ${due.timer}`);
    return {
      event: 'due',
      x: 0,
      t: Math.max(t, due.atUs),
      timer: due.timer,
      ...(due.client === undefined ? {} : { c: due.client }),
    };
  }
  return driver.pings.length > 0 ? pong(driver.pings.shift()!, t) : { event: 'stalled', t, lagUs: 1 };
}

function pong({ client: c, id }: { readonly client: string; readonly id: string }, t: number): LogEvent {
  return { event: 'item', x: 0, c, t, text: JSON.stringify({ t: 'pong', id }) };
}

/** An item that some reading takes: found by trying it on a fork. */
function wantedItem(machine: Machine, state: State, driver: Driver, random: Random, t: number): LogEvent | undefined {
  const reading = state.clients.filter(
    client => client.turn && client.turn.stage !== 'done' && driver.open.has(client.name),
  );
  for (let k = 0; k < 6 && reading.length > 0; k++) {
    const client = random.oneOf(reading);
    const event = itemOf(random, client.name, driver, t);
    const fork = forkState(state);
    const before = takenBy(state, client.index);
    feed(machine, fork, event);
    if (takenBy(fork, client.index) > before || fork.step > state.step) return event;
  }
  return undefined;
}

function takenBy(state: State, index: number): number {
  return Math.max(...state.clients[index]!.readings.map(reading => reading.takenCount));
}

function itemOf(random: Random, c: string, driver: Driver, t: number): LogEvent {
  const request = driver.requests.filter(each => each.client === c).at(-1 - random.under(2));
  const frame =
    request && random.chance(0.3)
      ? { t: 'ok', id: request.id, key: 7 }
      : {
          t: random.oneOf([...letters, ...letters, 'noise', 'alien', 'what']),
          n: random.under(2),
          v: random.oneOf([1, 'x', { a: 1 }]),
        };
  if (random.chance(0.03)) return { event: 'item', x: 0, c, t, text: '{broken' };
  return {
    event: 'item',
    x: 0,
    c,
    t,
    text: JSON.stringify(random.chance(0.1) ? { t: 'batch', of: [frame, frame] } : frame),
  };
}

/**
 * Runs an interpreter on live clients. Everything that happens becomes an event: it is logged first, then fed to the interpreter,
 * whose actions are done at once. So the log holds what the interpreter saw, in the order in which it saw it.
 */
import { setMaxListeners } from 'node:events';
import { createLiveClient, type LiveClient } from '../clients/live-client.ts';
import { maskValue, type Vault } from '../clients/secrets.ts';
import type { LogEvent } from '../evidence/events.ts';
import type { Clock } from '../foundation/clock.ts';
import { messageOf } from '../foundation/errors.ts';
import type { Value } from '../foundation/value.ts';
import type { Action, ConnectAction } from '../scenario/interpret/action.ts';
import { begin, beginState, feed, type Machine } from '../scenario/interpret/interpreter.ts';
import type { State } from '../scenario/interpret/state.ts';
import type { ConnectOptions, OpenConnection } from '../transports/connection.ts';
import type { LagMonitor } from './lag-monitor.ts';
import { performWrite } from './perform-write.ts';
import { createTimers, type Timers } from './timers.ts';

/** What a target offers to an execution. */
export interface DriveTarget {
  connectOptions(transport: string, action: ConnectAction): Omit<ConnectOptions, 'timeoutUs' | 'lagUs'>;
  fetch(source: string, parameters: Value): Promise<Value>;
  restart(): Promise<void>;
}

export interface DriveOptions {
  readonly machine: Machine;
  readonly x: number;
  readonly clock: Clock;
  readonly lag: LagMonitor;
  readonly vault: Vault;
  readonly target: DriveTarget;
  /** For the client of this name. */
  readonly open: (client: string) => OpenConnection;
  /** Made by a caller who wants to look into it. */
  readonly state?: State;
  readonly log: (event: LogEvent) => void;
  /** Ends it where it is: interrupted. */
  readonly signal: AbortSignal;
  readonly bounds?: DriveBounds;
  /** Is given what ends it where it is, with its connections left as they are to whoever opened them. */
  readonly handOver?: (release: () => void) => void;
}

/** The most that may arrive in one execution: whatever is more cuts it. */
export interface DriveBounds {
  /** Items and closes. */
  readonly messages: number;
  /** Of items, as they are logged. */
  readonly characters: number;
}

// What a scenario ignores may come for as long as it runs: without a bound such a flood would fill the disk. No real suite comes near.
const usualBounds: DriveBounds = { messages: 1_000_000, characters: 256 * 1_048_576 };

export interface Driven {
  readonly state: State;
  /** Why it did not come to its end. */
  readonly cut: string | undefined;
}

interface Driver extends DriveOptions {
  readonly bounds: DriveBounds;
  readonly state: State;
  readonly clients: Map<string, LiveClient>;
  readonly queue: LogEvent[];
  readonly timers: Timers;
  readonly end: (cut: string | undefined) => void;
  /** So far, as in `bounds`. */
  arrivals: number;
  receivedCharacters: number;
  handling: boolean;
  ended: boolean;
}

export function driveExecution(options: DriveOptions): Promise<Driven> {
  const { machine, x, clock, lag, signal } = options;
  const state = options.state ?? beginState(machine, clock.nowUs());
  return new Promise(resolve => {
    const driver: Driver = {
      ...options,
      bounds: options.bounds ?? usualBounds,
      state,
      clients: new Map(),
      queue: [],
      timers: createTimers({
        clock,
        lag,
        arrivals: () => driver.arrivals,
        due: (c, timer) =>
          happened(driver, { event: 'due', x, t: clock.nowUs(), timer, ...(c === undefined ? {} : { c }) }),
      }),
      end,
      arrivals: 0,
      receivedCharacters: 0,
      handling: false,
      ended: false,
    };
    // What is late because we stood still is nobody's fault, live as in the log: until its end is written.
    const hearNoMore = lag.hear(stall => void feed(machine, state, stall));
    const interrupted = () => end(String(signal.reason ?? 'interrupted'));

    function end(cut: string | undefined): void {
      if (driver.ended) return;
      driver.ended = true;
      signal.removeEventListener('abort', interrupted);
      driver.timers.clear();
      const clients = [...driver.clients.values()];
      if (cut !== undefined) for (const client of clients) client.destroy();
      void Promise.all(cut === undefined ? clients.map(client => client.end()) : []).then(() => {
        hearNoMore();
        resolve({ state, cut });
      });
    }

    options.handOver?.(() => {
      if (driver.ended) return;
      driver.clients.clear();
      end(undefined);
    });
    if (signal.aborted) return interrupted();
    // Every execution listens, and there may be many.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', interrupted);
    attempt(driver, () => perform(driver, begin(machine, state)));
    drain(driver);
  });
}

function happened(driver: Driver, event: LogEvent): void {
  if (driver.ended) return;
  if (event.event === 'item' || event.event === 'closed') driver.arrivals++;
  if (event.event === 'item') driver.receivedCharacters += (event.text ?? event.base64 ?? '').length;
  const { messages, characters } = driver.bounds;
  if (driver.arrivals > messages || driver.receivedCharacters > characters) {
    driver.end(`more came than one execution may log: ${messages} messages, or ${characters} characters`);
    return;
  }
  driver.queue.push(event);
  drain(driver);
}

/** One event after another: what an action causes at once is handled behind what is under way. */
function drain(driver: Driver): void {
  if (driver.handling) return;
  const { queue, machine, state, log } = driver;
  attempt(driver, () => {
    for (let event = queue.shift(); event && !driver.ended; event = queue.shift()) {
      log(event);
      perform(driver, feed(machine, state, event));
    }
  });
}

/** A defect of ours, or a log that cannot be written, ends the execution where it is. */
function attempt(driver: Driver, work: () => void): void {
  driver.handling = true;
  try {
    work();
  } catch (error) {
    driver.end(`defect: ${messageOf(error)}`);
  } finally {
    driver.handling = false;
  }
}

function perform(driver: Driver, actions: readonly Action[]): void {
  for (const action of actions) {
    if (action.do === 'finish') driver.end(undefined);
    else if (action.do === 'timer') driver.timers.set(action.client, action.timer, action.atUs);
    else if (action.do === 'fetch') void fetchSource(driver, action.source, action.with);
    else if (action.do === 'restart') void restart(driver);
    else performOnClient(driver, action);
  }
}

type ClientAction = Extract<Action, { readonly client: string }>;

function performOnClient(driver: Driver, action: Exclude<ClientAction, { do: 'timer' }>): void {
  const client = clientOf(driver, action.client);
  if (action.do === 'connect') client.connect(connectOptions(driver, action));
  else if (action.do === 'close') client.close(action);
  else if (action.do === 'reading') client.setReading(action.go);
  else performWrite(client, action, driver.vault);
}

/** A connection may take as long as anything else that is waited for. */
function connectOptions({ target, machine, vault, lag }: Driver, action: ConnectAction): ConnectOptions {
  const open = vault.empty ? action : revealed(action, vault);
  const { patienceUs: timeoutUs } = machine.around;
  return { ...target.connectOptions(action.transport, open), timeoutUs, lagUs: lag.totalUs };
}

/** A connect is not logged as such, so nothing else stands for it: the wire gets secrets. */
function revealed(action: ConnectAction, vault: Vault): ConnectAction {
  const { path, query, headers, subprotocols } = action;
  const each = (texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, vault.reveal(text)]));
  return {
    ...action,
    path: path === undefined ? undefined : vault.reveal(path),
    query: each(query),
    headers: each(headers),
    subprotocols: subprotocols.map(vault.reveal),
  };
}

function clientOf(driver: Driver, name: string): LiveClient {
  const known = driver.clients.get(name);
  if (known) return known;
  const { x, machine, clock, vault, open } = driver;
  const plan = machine.plan.clients[machine.clientIndex.get(name)!]!;
  const transport = machine.around.pack.transports.get(plan.transport)!;
  const emit = (event: LogEvent) => happened(driver, event);
  const client = createLiveClient({ x, name, transport, clock, vault, open: open(name), emit });
  driver.clients.set(name, client);
  return client;
}

async function fetchSource(driver: Driver, source: string, parameters: Value): Promise<void> {
  const { x, clock, vault, target } = driver;
  try {
    const value = maskValue(vault, await target.fetch(source, parameters));
    happened(driver, { event: 'fetched', x, t: clock.nowUs(), source, value });
  } catch (error) {
    happened(driver, { event: 'fetched', x, t: clock.nowUs(), source, failed: vault.mask(messageOf(error)) });
  }
}

async function restart(driver: Driver): Promise<void> {
  const { x, clock, vault, target } = driver;
  try {
    await target.restart();
    happened(driver, { event: 'restarted', x, t: clock.nowUs() });
  } catch (error) {
    happened(driver, { event: 'restarted', x, t: clock.nowUs(), failed: vault.mask(messageOf(error)) });
  }
}

import type { Vault } from '../../clients/secrets.ts';
import { type DriveTarget, driveExecution } from '../../drive/drive-execution.ts';
import type { LagMonitor } from '../../drive/lag-monitor.ts';
import type { LogEvent } from '../../evidence/events.ts';
import type { Clock } from '../../foundation/clock.ts';
import type { ValueObject } from '../../foundation/value.ts';
import { beginState, createMachine, type Machine } from '../../scenario/interpret/interpreter.ts';
import { conclude } from '../../scenario/interpret/outcome.ts';
import { nothingRead } from '../../scenario/interpret/readings.ts';
import type { ClientState, State } from '../../scenario/interpret/state.ts';
import type { Plan } from '../../scenario/plan.ts';
import type { Ground } from '../../suites/ground.ts';
import { othersSource } from './cut-plan.ts';
import { holdSource } from './join-plan.ts';
import { type ClientSurroundings, type LoadClient, openerOf } from './load-client.ts';
import type { JoinFailure, Names } from './worker-protocol.ts';

/** A channel whose users have joined: where the values of what they send come from. */
export interface JoinedChannel {
  readonly machine: Machine;
  readonly state: State;
  /** Those who publish, by their names in the plan. */
  readonly senders: ReadonlyMap<string, ClientState>;
}

export interface ChannelOptions {
  /** As `joinPlan` makes it. */
  readonly plan: Plan;
  /** Number among all channels, of all workers. */
  readonly channel: number;
  readonly clients: readonly LoadClient[];
  /** Names of the plan's clients that publish. */
  readonly senders: ReadonlySet<string>;
  /** The client that the plan calls so. */
  readonly clientOf: (name: string) => LoadClient;
  /** What is bound already. */
  readonly names?: State['names'];
  readonly around: ClientSurroundings;
  readonly ground: Ground;
  readonly accounts: Readonly<Record<string, ValueObject>>;
  readonly unique: string;
  readonly clock: Clock;
  readonly lag: LagMonitor;
  readonly vault: Vault;
  readonly target: DriveTarget;
  readonly patienceUs: number;
  readonly log: (event: LogEvent) => void;
  /** Ends the channel where it is. */
  readonly signal: AbortSignal;
  /** Of a cut channel: tells the other workers what has been bound here, and gives what they have bound. */
  readonly meet: (names: Names) => Promise<Names>;
}

export interface RunningChannel {
  /** Resolves when everybody has joined, or with what failed. */
  readonly joined: Promise<JoinedChannel | readonly JoinFailure[]>;
  /** Lets the interpreter go on to leave. */
  leave(): void;
  /** Resolves when the channel is over: left, failed or aborted. */
  readonly over: Promise<void>;
}

/** Runs join and leave of a channel by the interpreter, as a scenario is run; in between the connections are the engine's. */
export function runChannel(options: ChannelOptions): RunningChannel {
  const { plan, clients, senders, clientOf, around, ground, accounts, unique, clock, target, patienceUs } = options;
  const { pack, roots } = ground;
  const surroundings = { pack, roots, accounts, unique, epochMs: clock.epochMs, patienceUs, explain: true };
  const machine = createMachine(plan, surroundings);
  const state = beginState(machine, clock.nowUs());
  state.names = options.names ?? {};
  state.ownsNames = true;
  let toldNames = 0;
  let release: () => void = () => {};
  const held = new Promise<null>(resolve => {
    release = () => resolve(null);
  });
  let settle: (outcome: JoinedChannel | readonly JoinFailure[]) => void = () => {};
  const joined = new Promise<JoinedChannel | readonly JoinFailure[]>(resolve => {
    settle = resolve;
  });
  let end: () => void = () => {};
  /** Names are never taken away, and new ones come last. */
  const untold = (): Names => Object.fromEntries(Object.entries(state.names).slice(toldNames));
  /** What the interpreter hears of before and after, but not in between. */
  const sinks = new Map<LoadClient, LoadClient['interpreter']>();
  const driven = driveExecution({
    ...options,
    x: options.channel,
    machine,
    state,
    target: {
      connectOptions: (transport, action) => target.connectOptions(transport, action),
      restart: () => target.restart(),
      async fetch(source, parameters) {
        if (source === othersSource) {
          Object.assign(state.names, await options.meet(untold()));
          toldNames = Object.keys(state.names).length;
          return null;
        }
        if (source !== holdSource) return target.fetch(source, parameters);
        const leaves = plan.finally.length > 0;
        const publishing = statesOf(state, senders);
        for (const client of clients) {
          if (leaves) sinks.set(client, client.interpreter);
          client.interpreter = undefined;
        }
        if (!leaves) letGo();
        settle({ machine, state, senders: publishing });
        return held;
      },
    },
    open: name => openerOf(clientOf(name), around),
    handOver: given => {
      end = given;
    },
  });
  /** Nobody leaves by steps: what joining has needed of each user is not kept for as long as the load lasts. */
  function letGo(): void {
    // Not while the interpreter is asked.
    setImmediate(() => {
      end();
      forgetJoining(state);
    });
  }
  return {
    joined,
    leave() {
      for (const [client, sink] of sinks) client.interpreter = sink;
      release();
    },
    over: driven.then(({ cut }) => {
      // Of no effect if everybody had joined.
      settle(failuresOf(machine, state, options.channel, cut));
    }),
  };
}

function statesOf({ clients }: State, names: ReadonlySet<string>): ReadonlyMap<string, ClientState> {
  return new Map(clients.filter(({ name }) => names.has(name)).map(client => [client.name, client]));
}

/** What is sent needs names, and of its sender how many requests it has made. */
function forgetJoining(state: State): void {
  for (const client of state.clients) {
    client.queue = [];
    client.readings = nothingRead;
    client.turn = undefined;
    client.contexts.clear();
  }
  state.clients = [];
  state.decisions = undefined;
}

function failuresOf(machine: Machine, state: State, channel: number, cut: string | undefined): readonly JoinFailure[] {
  const failures = conclude(machine, state).failures.map(({ failure, client, span, check }) => ({
    channel,
    client: machine.plan.clients[client]?.name ?? '',
    at: `${span.file}:${span.line}`,
    message: failure?.message ?? check,
  }));
  if (failures.length > 0) return failures;
  const { file, line } = machine.plan.span;
  return [
    { channel, client: '', at: `${file}:${line}`, message: cut ?? 'the steps of join did not come to their end' },
  ];
}

import type { Pack, TransportProfile } from '../../foundation/pack.ts';
import type { Value, ValueObject } from '../../foundation/value.ts';
import type { Scope } from '../../values/expression.ts';
import type { Expectation, Item, Plan, Step } from '../plan.ts';
import type { Action } from './action.ts';
import type { Memory } from './memory.ts';
import type { Arrival, ClientState, State } from './state.ts';

/** What a plan runs in: the pack, and what this execution was given. All of it stands in the log, but the pack. */
export interface Surroundings {
  readonly pack: Pack;
  /** The pack's values, limits and timers on a transport, overlaid by profile and target. */
  readonly roots: (transport: string) => {
    readonly pack: ValueObject;
    readonly limits: ValueObject;
    readonly timers: ValueObject;
  };
  /** By client name; secrets as stable references. */
  readonly accounts: Readonly<Record<string, ValueObject>>;
  readonly unique: string;
  readonly epochMs: number;
  readonly patienceUs: number;
  /** Collect what a failure report needs. */
  readonly explain: boolean;
}

/** A plan in its surroundings, with its tables. Shared by all states; `out` collects the actions of the event at hand. */
export interface Machine {
  readonly plan: Plan;
  readonly around: Surroundings;
  readonly clientIndex: ReadonlyMap<string, number>;
  /** Step index of an expectation node. */
  readonly stepOfNode: readonly number[];
  /** Indexes of a step's clients. */
  readonly clientsOf: ReadonlyMap<Step, readonly number[]>;
  readonly everyClient: readonly number[];
  /** Some expectation has a `within` or a `notBefore`. */
  readonly timed: boolean;
  readonly accountList: readonly Value[];
  out: Action[];
  /** Told of every arrival that is read. */
  trace?: Trace | undefined;
  /** Where one log is judged again and again. */
  readonly memory?: Memory;
}

/** What became of one arrival. `by`: what took it, the first reading's item before others. */
export type Trace = (client: number, arrival: Arrival, fate: TracedFate, by: readonly Item[]) => void;

export type TracedFate = 'foreign' | 'taken' | 'forbidden' | 'ignored' | 'stray' | 'hard' | 'barrier';

export function createMachine(plan: Plan, around: Surroundings, memory?: Memory): Machine {
  return {
    plan,
    around,
    ...(memory && { memory }),
    ...tablesOf(plan),
    accountList: plan.clients.flatMap(client => (around.accounts[client.name] ? [around.accounts[client.name]!] : [])),
    out: [],
  };
}

type Tables = Pick<Machine, 'clientIndex' | 'stepOfNode' | 'clientsOf' | 'everyClient' | 'timed'>;

/** A plan is executed again and again: its tables are made once. */
const knownTables = new WeakMap<Plan, Tables>();

function tablesOf(plan: Plan): Tables {
  const known = knownTables.get(plan);
  if (known) return known;
  const clientIndex = new Map(plan.clients.map((client, k) => [client.name, k]));
  const stepOfNode: number[] = [];
  const clientsOf = new Map<Step, readonly number[]>();
  let timed = false;
  for (const step of [...plan.steps, ...plan.finally]) {
    if (step.kind !== 'client') continue;
    clientsOf.set(
      step,
      step.clients.map(name => clientIndex.get(name)!),
    );
    if (!step.expect) continue;
    visitNodes(step.expect, node => (stepOfNode[node] = step.index));
    visitItems(step.expect, item => {
      timed ||= item.within !== undefined || item.notBefore !== undefined;
    });
  }
  const tables = { clientIndex, stepOfNode, clientsOf, everyClient: [...plan.clients.keys()], timed };
  knownTables.set(plan, tables);
  return tables;
}

function visitNodes(expectation: Expectation, visit: (node: number) => void): void {
  visit(expectation.node);
  if (expectation.kind === 'item') return;
  if (expectation.kind === 'optional' || expectation.kind === 'repeat') visitNodes(expectation.body, visit);
  else for (const child of expectation.children) visitNodes(child, visit);
}

export function visitItems(
  expectation: Expectation,
  visit: (item: Item, required: boolean) => void,
  required = true,
): void {
  switch (expectation.kind) {
    case 'item':
      visit(expectation, required);
      return;
    case 'optional':
      visitItems(expectation.body, visit, false);
      return;
    case 'repeat':
      visitItems(expectation.body, visit, required && expectation.min !== 0);
      return;
    case 'oneOf':
      for (const child of expectation.children) visitItems(child, visit, false);
      return;
    default:
      for (const child of expectation.children) visitItems(child, visit, required);
  }
}

/** In a step of several clients a name goes to the client: the plan says `self.<name>` (language, section 7). */
export function slotOf(slot: string, client: string): string {
  return slot.startsWith('self.') ? `${client}.${slot.slice('self.'.length)}` : slot;
}

/** What references mean for one client at this moment. */
export function scopeOf(
  machine: Machine,
  state: State,
  client: ClientState | undefined,
  turn: number | undefined,
): Scope {
  return new LiveScope(machine, state, client, turn);
}

/** A class, not an object of closures: one is made for every arrival that is matched. */
class LiveScope implements Scope {
  readonly self: string;
  readonly turn: number | undefined;
  readonly #machine: Machine;
  readonly #state: State;
  readonly #client: ClientState | undefined;

  constructor(machine: Machine, state: State, client: ClientState | undefined, turn: number | undefined) {
    this.#machine = machine;
    this.#state = state;
    this.#client = client;
    this.self = client?.name ?? '';
    this.turn = turn;
  }

  get unique(): string {
    return this.#machine.around.unique;
  }

  get nowMs(): number {
    return Math.floor(this.#machine.around.epochMs + this.#state.nowUs / 1000);
  }

  slot(slot: string): Value | undefined {
    return this.#state.names[this.#client ? slotOf(slot, this.#client.name) : slot];
  }

  account(client: string): Value | undefined {
    return this.#machine.around.accounts[client];
  }

  root(name: 'pack' | 'limits' | 'timers' | 'accounts'): Value {
    const { plan, around, accountList } = this.#machine;
    if (name === 'accounts') return accountList;
    const transport = this.#client ? plan.clients[this.#client.index]!.transport : plan.transport;
    return around.roots(transport)[name];
  }
}

/** A scope that reveals secrets in what it inserts. */
export function revealing(scope: Scope, reveal: (text: string) => string): Scope {
  return {
    slot: slot => scope.slot(slot),
    account: client => scope.account(client),
    self: scope.self,
    turn: scope.turn,
    unique: scope.unique,
    root: name => scope.root(name),
    nowMs: scope.nowMs,
    reveal,
  };
}

export function transportOf(machine: Machine, client: ClientState): TransportProfile | undefined {
  return machine.around.pack.transports.get(machine.plan.clients[client.index]!.transport);
}

/**
 * The workload that the floor is measured with: the users, channels, rates and message sizes of another one, in the words of the bare
 * server. It is an ordinary pack with an ordinary workload, so that nothing of the engine is other than in the load itself.
 */
import type { Pack } from '../../foundation/pack.ts';
import type { Pace, PayloadSize, WorkloadPlan, WorkloadPublish } from '../../scenario/workload-plan.ts';
import { markerBytes } from '../hot-path/marker.ts';
import type { BareTopology } from './bare-topology.ts';
import { frameSizeOf } from './frame-size.ts';

export interface BarePack {
  /** By path below the folder of the pack. */
  readonly files: Readonly<Record<string, string>>;
  readonly topology: BareTopology;
  /** What a delivery has, from the shortest to the longest. */
  readonly frames: PayloadSize;
}

export const barePackName = 'bare';
export const bareWorkload = 'workloads/floor.yaml';

export interface BareSettings {
  readonly acknowledges: boolean;
  readonly holdUs: number;
}

export function barePackOf(
  workload: WorkloadPlan,
  pack: Pack,
  framing: BareTopology['framing'],
  { acknowledges, holdUs }: BareSettings,
): BarePack {
  const roles = rolesOf(workload);
  const sizes = workload.publish.map(entry => frameSizeOf(entry, pack, workload.plan.transport));
  const { phases } = workload;
  const bare = {
    antiphon: 1,
    workload: `The floor of ${workload.plan.title}`,
    protocol: barePackName,
    channels: workload.channels,
    roles: Object.fromEntries([...roles].map(([name, { count }]) => [name, { as: 'user', count }])),
    publish: workload.publish.map((entry, k) => bareEntry(workload, entry, k, sizes[k]!)),
    phases: {
      connect: `${Math.max(phases.connectPerSecond, connectPerSecond)}/s`,
      warmUp: microseconds(Math.min(phases.warmUpUs, warmUpUs)),
      hold: microseconds(holdUs),
      drain: microseconds(phases.drainUs),
    },
  };
  return {
    files: { ...packFiles(framing, acknowledges), [bareWorkload]: inYaml(bare) },
    topology: {
      framing,
      acknowledges,
      audiences: workload.publish.map(({ to, copy }) => ({
        to: rolesNamed(workload, to).flatMap(role => numbersOf(roles.get(role)!)),
        copy,
      })),
    },
    frames: {
      fromBytes: Math.min(...sizes.map(({ fromBytes }) => fromBytes)),
      toBytes: Math.max(...sizes.map(({ toBytes }) => toBytes)),
    },
  };
}

/** Nobody is measured while they join. */
const connectPerSecond = 2_000;
const warmUpUs = 1_000_000;

interface BareRole {
  /** Number of its first user in a channel. */
  readonly first: number;
  readonly count: number;
}

/** Those that connect, in the order of the file. */
function rolesOf({ plan, roles }: WorkloadPlan): ReadonlyMap<string, BareRole> {
  const found = new Map<string, { first: number; count: number }>();
  for (const { name, actor } of plan.clients) {
    if (actor === 'offline') continue;
    const role = roleOf(name, roles);
    const known = found.get(role);
    if (known) known.count++;
    else found.set(role, { first: [...found.values()].reduce((sum, { count }) => sum + count, 0), count: 1 });
  }
  return found;
}

/** `member` is alone in its role, `member-1` is not. */
function roleOf(client: string, roles: readonly string[]): string {
  return roles.includes(client) ? client : client.replace(/-\d+$/, '');
}

function rolesNamed({ roles }: WorkloadPlan, clients: readonly string[]): readonly string[] {
  return [...new Set(clients.map(client => roleOf(client, roles)))];
}

function numbersOf({ first, count }: BareRole): readonly number[] {
  return Array.from({ length: count }, (_, k) => first + k);
}

function bareEntry(workload: WorkloadPlan, { by, to, copy, pace }: WorkloadPublish, entry: number, size: PayloadSize) {
  const around = JSON.stringify({ is: 'said', entry, text: '', id: 'r1000' }).length;
  const bytes = (sizeBytes: number) => `${Math.max(markerBytes, sizeBytes - around)} bytes`;
  return {
    by: rolesNamed(workload, by),
    send: { is: 'said', entry, text: '$payload' },
    payload: { from: bytes(size.fromBytes), to: bytes(size.toBytes) },
    to: rolesNamed(workload, to),
    copy,
    schedule: scheduleOf(pace),
  };
}

function scheduleOf(pace: Pace) {
  switch (pace.kind) {
    case 'rate':
    case 'poisson':
      return { [pace.kind]: perSecond(pace.perSecond) };
    case 'ramp':
      return {
        ramp: {
          from: perSecond(pace.fromPerSecond),
          to: perSecond(pace.toPerSecond),
          over: microseconds(pace.overUs),
        },
      };
    case 'stairs':
      return {
        stairs: {
          from: perSecond(pace.fromPerSecond),
          step: perSecond(pace.stepPerSecond),
          every: microseconds(pace.everyUs),
          ...(Number.isFinite(pace.toPerSecond) && { to: perSecond(pace.toPerSecond) }),
        },
      };
    case 'burst':
      return { burst: { count: pace.count, every: microseconds(pace.everyUs) } };
    case 'inFlight':
      return { inFlight: pace.messages };
  }
}

function perSecond(rate: number): string {
  return `${Number(rate.toFixed(6))}/s`;
}

function microseconds(us: number): string {
  return `${Math.round(us)} us`;
}

function packFiles(framing: BareTopology['framing'], acknowledges: boolean): Readonly<Record<string, string>> {
  return {
    'pack.yaml': inYaml({
      antiphon: 1,
      pack: barePackName,
      transports: { [framing]: { kind: framing } },
      kind: ['/is'],
      request: { id: '/id', make: 'r$(n)' },
      reply: { done: '/id' },
      accounts: { name: '$(n)-$(unique)' },
      actors: { user: { account: true, run: 'enter' } },
      load: { marker: { sent: '/text', received: '/text' }, delivery: 'said', ...(acknowledges && { ack: 'done' }) },
    }),
    'requirements.yaml': inYaml({
      antiphon: 1,
      ledger: 'The bare server',
      protocol: barePackName,
      sources: [{ id: 'bare', title: 'The bare server, for the floor of a load', sections: ['1'] }],
      requirements: [
        { id: 'user.entered', level: 'must', text: 'Who enters is told so.', source: { id: 'bare', section: '1' } },
      ],
    }),
    'fragments/enter.yaml': inYaml({
      antiphon: 1,
      fragment: 'Somebody enters a channel',
      protocol: barePackName,
      clients: { me: 'one' },
      steps: [
        {
          client: 'me',
          connect: {},
          send: { is: 'enter', name: '$(me.account.name)' },
          expect: { check: 'user.entered', frame: { is: 'done' } },
        },
      ],
    }),
  };
}

/** A line for each key: a value in JSON is one in YAML. */
function inYaml(file: object): string {
  const lines = Object.entries(file).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  return lines.join('');
}

import { entryOf, type Located } from '../../documents/located.ts';
import { parseDurationUs } from '../../foundation/duration.ts';
import type { At, NamedNode, WorkloadFile } from '../files/file-types.ts';
import type { Disruption, Pace, PayloadSize, Phases, WorkloadPlan } from '../workload-plan.ts';
import { compileChannelAt } from './compile-channel.ts';
import { environmentAt } from './environment.ts';
import type { Place } from './place.ts';
import { reportUnsettled, settle } from './settle.ts';
import type { Report, SuiteSource } from './suite-source.ts';

/**
 * Settles a workload that the lint has found sound, with as many users of a role as `counts` says instead of the file. What cannot be
 * settled is reported.
 */
export function compileWorkload(
  written: WorkloadFile,
  source: SuiteSource,
  report: Report,
  counts: Readonly<Record<string, number>> = {},
): WorkloadPlan {
  const workload = { ...written, roles: written.roles.map(role => withCount(role, counts)) };
  const { channel, place } = compileChannelAt(workload, source, report);
  const { plan, roles } = channel;
  const phases = phasesOf(workload.phases, place);
  return {
    channels: workload.channels ? numberAt(workload.channels, place) : 1,
    roles: workload.roles.map(({ name }) => name.value),
    plan,
    publish: channel.publish.map((entry, k) => {
      const { payload, schedule, copy } = workload.publish[k]!;
      return {
        ...entry,
        payload: payload ? payloadOf(payload, place) : { fromBytes: 0, toBytes: 0 },
        copy: copy?.value ?? true,
        pace: paceOf(schedule, place, phases),
      };
    }),
    phases,
    disrupt: workload.disrupt.map(({ at, role, share, do: act, for: lasting }, k) => ({
      atUs: durationOf(at),
      clients: roles.get(role.value) ?? [],
      share: share ? Number.parseFloat(share.value) : 100,
      act: act.value as Disruption['act'],
      forUs: lasting ? durationOf(lasting) : 0,
      join: channel.disrupt[k]!,
    })),
    thresholds: workload.thresholds.map(({ value }) => value),
    abortOnFailAfterUs: workload.abortOnFail && durationOf(workload.abortOnFail),
  };
}

function withCount(role: Role, counts: Readonly<Record<string, number>>): Role {
  const { name, count } = role;
  if (!Object.hasOwn(counts, name.value)) return role;
  return { ...role, count: { type: 'scalar', span: count.span, value: counts[name.value]!, quoted: false } };
}

type Role = WorkloadFile['roles'][number];

/** What a workload does that says nothing else. */
const usual = { connectPerSecond: 500, warmUpUs: 2_000_000, drainUs: 2_000_000 } as const;

function phasesOf(nodes: readonly NamedNode[], place: Place): Phases {
  const nodeOf = (name: string) => nodes.find(each => each.name.value === name)?.node;
  const [connect, warmUp, hold, drain] = ['connect', 'warmUp', 'hold', 'drain'].map(nodeOf);
  return {
    connectPerSecond: connect ? rateAt(connect, place) : usual.connectPerSecond,
    warmUpUs: warmUp ? durationAt(warmUp, place) : usual.warmUpUs,
    holdUs: hold ? durationAt(hold, place) : 0,
    drainUs: drain ? durationAt(drain, place) : usual.drainUs,
  };
}

function payloadOf(node: Located, place: Place): PayloadSize {
  if (node.type !== 'map') {
    const bytes = sizeAt(node, place);
    return { fromBytes: bytes, toBytes: bytes };
  }
  const at = (name: string) => sizeAt(entryOf(node, name)!.value, place);
  return { fromBytes: at('from'), toBytes: at('to') };
}

function paceOf(
  { kind, argument }: WorkloadFile['publish'][number]['schedule'],
  place: Place,
  { holdUs }: Phases,
): Pace {
  const at = (name: string) => (argument.type === 'map' ? entryOf(argument, name)?.value : undefined);
  const rate = (name: string, otherwise: number) => {
    const node = at(name);
    return node ? rateAt(node, place) : otherwise;
  };
  const every = at('every');
  const everyUs = every ? durationAt(every, place) : 0;
  switch (kind.value) {
    case 'poisson':
      return { kind: 'poisson', perSecond: rateAt(argument, place) };
    case 'ramp': {
      const over = at('over');
      const overUs = over ? durationAt(over, place) : holdUs;
      return { kind: 'ramp', fromPerSecond: rate('from', 0), toPerSecond: rate('to', 0), overUs };
    }
    case 'stairs': {
      const toPerSecond = rate('to', Number.POSITIVE_INFINITY);
      return { kind: 'stairs', fromPerSecond: rate('from', 0), stepPerSecond: rate('step', 0), everyUs, toPerSecond };
    }
    case 'burst':
      return { kind: 'burst', count: numberAt(at('count')!, place), everyUs };
    case 'inFlight':
      return { kind: 'inFlight', messages: numberAt(argument, place) };
    default:
      return { kind: 'rate', perSecond: rateAt(argument, place) };
  }
}

/** `50/s`, `30/min`, in messages a second. */
function rateAt(node: Located, place: Place): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\/(s|min)$/.exec(textAt(node, place)) ?? [];
  return Number(amount) / (unit === 'min' ? 60 : 1);
}

function sizeAt(node: Located, place: Place): number {
  return Number.parseInt(textAt(node, place), 10);
}

function durationAt(node: Located, place: Place): number {
  return parseDurationUs(textAt(node, place)) ?? 0;
}

function durationOf({ value }: At<string>): number {
  return parseDurationUs(value) ?? 0;
}

function numberAt(node: Located, place: Place): number {
  return Number(textAt(node, place));
}

function textAt(node: Located, place: Place): string {
  const settled = settle(node, environmentAt(place))?.node;
  if (settled?.type === 'scalar') return String(settled.value);
  reportUnsettled(place, node.type === 'scalar' ? String(node.value) : 'this', node.span);
  return '';
}

import type { LagMonitor } from '../../drive/lag-monitor.ts';
import type { ValueObject } from '../../foundation/value.ts';
import type { Plan } from '../../scenario/plan.ts';
import type { WorkloadPlan } from '../../scenario/workload-plan.ts';
import { makeAccounts, uniqueOf } from '../../suites/accounts.ts';
import { type ChannelOptions, type JoinedChannel, type RunningChannel, runChannel } from './join-channel.ts';
import type { Team } from './worker.ts';
import type { JoinFailure, Names } from './worker-protocol.ts';

export interface RunningChannels {
  readonly running: readonly RunningChannel[];
  /** One for each user that has joined again meanwhile. */
  readonly rejoined: RunningChannel[];
  /** By own number of the channel; complete if nothing failed. */
  readonly joined: readonly JoinedChannel[];
  /** By own number of the channel: for who joins again. To make the accounts of a thousand users takes milliseconds. */
  readonly options: readonly ChannelOptions[];
  readonly failures: readonly JoinFailure[];
}

/** What joining needs of a worker. */
export type JoiningTeam = Pick<
  Team,
  | 'assignment'
  | 'channels'
  | 'members'
  | 'clients'
  | 'around'
  | 'ground'
  | 'clock'
  | 'vault'
  | 'target'
  | 'abort'
  | 'suite'
  | 'workload'
  | 'port'
  | 'waiting'
>;

/** Lets channels join, so many at once; after the first that fails no other one begins. */
export async function joinChannels(team: JoiningTeam, plan: Plan, lag: LagMonitor): Promise<RunningChannels> {
  const running: RunningChannel[] = [];
  const joined: JoinedChannel[] = [];
  const options: ChannelOptions[] = [];
  const failures: JoinFailure[] = [];
  const waiting = [...team.channels.keys()];
  // Who has joined belongs to no execution any more that would end its connection.
  const endAll = () => {
    for (const { connection } of team.clients) connection?.destroy();
  };
  team.abort.signal.addEventListener('abort', endAll, { once: true });
  async function joinSome(): Promise<void> {
    for (let own = waiting.shift(); own !== undefined && failures.length === 0; own = waiting.shift()) {
      const ofChannel = channelOptions(team, plan, lag, own);
      options[own] = ofChannel;
      const channel = runChannel(ofChannel);
      running.push(channel);
      const outcome = await channel.joined;
      if ('machine' in outcome) joined[own] = outcome;
      else failures.push(...outcome);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, joinSome));
  return { running, rejoined: [], joined, options, failures };
}

/** More connections at once take longer for each, and no less for all. */
const atOnce = 64;

/** What the executions of one channel have in common. */
function channelOptions(team: JoiningTeam, plan: Plan, lag: LagMonitor, own: number): ChannelOptions {
  const { assignment, channels, around, ground, clock, vault, target, abort, suite } = team;
  const { seed, patienceUs } = assignment;
  const channel = channels[own]!;
  const unique = uniqueOf(seed, `${plan.id}#${channel}`);
  const { length } = team.members;
  const clients = team.clients.slice(own * length, (own + 1) * length);
  const byName = new Map(clients.map(client => [client.name, client]));
  return {
    plan,
    channel,
    clients,
    senders: sendersOf(team.workload),
    clientOf: name => byName.get(name)!,
    around,
    ground,
    accounts: accountsOf(plan, channel, assignment.accounts) ?? makeAccounts(plan, suite.accounts, unique),
    unique,
    clock,
    lag,
    vault,
    target,
    patienceUs,
    log: () => {},
    signal: abort.signal,
    meet: names => meetOthers(team, channel, names),
  };
}

function sendersOf({ publish }: WorkloadPlan): ReadonlySet<string> {
  return new Set(publish.flatMap(({ by }) => by));
}

/** Tells what this worker has bound in a cut channel; resolves with what all others have, when they have come as far. */
function meetOthers({ port, waiting, abort }: JoiningTeam, channel: number, names: Names): Promise<Names> {
  return new Promise((resolve, reject) => {
    const cut = () => reject(new Error(String(abort.signal.reason)));
    abort.signal.addEventListener('abort', cut, { once: true });
    waiting.set(channel, bound => {
      waiting.delete(channel);
      abort.signal.removeEventListener('abort', cut);
      resolve(bound);
    });
    port.post({ tell: 'come-to', channel, names });
  });
}

/** Of a target that lists its accounts, each channel has its own part. */
function accountsOf(
  plan: Plan,
  channel: number,
  listed: readonly ValueObject[],
): Readonly<Record<string, ValueObject>> | undefined {
  if (listed.length === 0) return undefined;
  const clients = plan.clients.filter(({ account }) => account);
  return Object.fromEntries(clients.map(({ name }, k) => [name, listed[channel * clients.length + k]!]));
}

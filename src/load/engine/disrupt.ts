/** What happens to some of the users in the middle of hold (language, section 12, `disrupt`). */
import { startLagMonitor } from '../../drive/lag-monitor.ts';
import type { Step } from '../../scenario/plan.ts';
import type { Disruption } from '../../scenario/workload-plan.ts';
import { beginChange, endJoin } from '../ledger/membership.ts';
import { fractionOf, hashOf } from '../schedule/poisson.ts';
import { runChannel } from './join-channel.ts';
import type { RunningChannels } from './join-channels.ts';
import { joinPlan } from './join-plan.ts';
import type { LoadClient } from './load-client.ts';
import type { Team } from './worker.ts';
import type { RunTimes } from './worker-protocol.ts';

/** Sets everything up; call what it gives to end it. */
export function disrupt(team: Team, channels: RunningChannels, times: RunTimes): () => void {
  const { workload, clock, assignment } = team;
  const timers = new Set<NodeJS.Timeout>();
  function later(afterUs: number, act: () => void): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        act();
      },
      Math.max(0, afterUs / 1_000),
    );
    timers.add(timer);
  }
  for (const [k, disruption] of workload.disrupt.entries()) {
    later(times.holdAtUs + disruption.atUs - clock.nowUs(), () => {
      for (const client of chosen(team, disruption, `${assignment.seed} disrupt ${k}`)) {
        if (client.open) befall(team, channels, disruption, client, later);
      }
    });
  }
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}

/** So many of a hundred, the same ones for the same seed. */
function chosen({ clients }: Team, { clients: names, share }: Disruption, seed: string): readonly LoadClient[] {
  const key = hashOf(seed);
  const candidates = clients.filter(({ name }) => names.includes(name));
  const drawn = candidates.toSorted((a, b) => fractionOf(key, a.index) - fractionOf(key, b.index));
  return drawn.slice(0, Math.ceil((candidates.length * share) / 100));
}

function befall(
  team: Team,
  channels: RunningChannels,
  disruption: Disruption,
  client: LoadClient,
  later: (afterUs: number, act: () => void) => void,
): void {
  const { act, forUs } = disruption;
  if (act === 'stop-reading') {
    client.connection?.setReading(false);
    later(forUs, () => client.connection?.setReading(true));
    return;
  }
  beginChange(team.ledger, client.index, team.clock.nowUs());
  client.ending = true;
  client.connection?.close({ half: false, abort: false });
  if (act === 'reconnect') later(forUs, () => void rejoin(team, channels, disruption, client));
}

/** The steps are written for the first user of the role: whoever reconnects takes its name, with an account and names of its own. */
async function rejoin(
  team: Team,
  { joined, options, rejoined }: RunningChannels,
  { join, clients: role }: Disruption,
  client: LoadClient,
): Promise<void> {
  const { ledger, workload, clock } = team;
  const name = join.length > 0 ? role[0]! : client.name;
  const before = joined[client.channel]!;
  const lag = startLagMonitor(clock, () => {});
  const common = { ...options[client.channel]!, lag };
  const steps = join.length > 0 ? join : recipeOf(workload.plan.steps, client.name);
  const plan = joinPlan({
    ...workload.plan,
    clients: workload.plan.clients.map(each => (each.name === name ? each : { ...each, actor: 'offline' })),
    steps: steps.map((step, index) => ({ ...step, index })),
    finally: [],
  });
  beginChange(ledger, client.index, clock.nowUs());
  const own = common.accounts[client.name];
  const channel = runChannel({
    ...common,
    plan,
    clients: [client],
    clientOf: () => client,
    names: { ...before.state.names, ...renamed(before.state.names, client.name, name) },
    accounts: own ? { ...common.accounts, [name]: own } : common.accounts,
  });
  rejoined.push(channel);
  const outcome = await channel.joined;
  lag.stop();
  if ('machine' in outcome) {
    before.state.names = { ...before.state.names, ...renamed(outcome.state.names, name, client.name) };
    endJoin(ledger, client.index, clock.nowUs());
    return;
  }
  if (team.abort.signal.aborted) return;
  ledger.counters.notRejoined++;
  ledger.tell({ kind: 'not-rejoined', client: client.index, atUs: clock.nowUs(), about: outcome[0]?.message ?? '' });
}

function recipeOf(steps: readonly Step[], client: string): readonly Step[] {
  return steps.flatMap(step =>
    step.phase === 'recipe' && step.kind === 'client' && step.clients.includes(client)
      ? [{ ...step, clients: [client] }]
      : [],
  );
}

/** Names that belong to a client, as if they belonged to another. */
function renamed<T>(names: Readonly<Record<string, T>>, from: string, to: string): Readonly<Record<string, T>> {
  const own = Object.entries(names).filter(([slot]) => slot.startsWith(`${from}.`));
  return Object.fromEntries(own.map(([slot, value]) => [`${to}.${slot.slice(from.length + 1)}`, value]));
}

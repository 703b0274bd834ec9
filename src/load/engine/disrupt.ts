/** What happens to some of the users in the middle of hold (language, section 12, `disrupt`). */
import { type LagMonitor, startLagMonitor } from '../../drive/lag-monitor.ts';
import type { Plan, Step } from '../../scenario/plan.ts';
import type { Disruption } from '../../scenario/workload-plan.ts';
import { beginChange, endJoin } from '../ledger/membership.ts';
import { drawUsers } from './draw-users.ts';
import { runChannel } from './join-channel.ts';
import type { RunningChannels } from './join-channels.ts';
import { joinPlan } from './join-plan.ts';
import type { LoadClient } from './load-client.ts';
import type { Team } from './worker.ts';
import type { Names, RunTimes } from './worker-protocol.ts';

/** What the reconnects of one disruption have in common, made once: a thousand users may lose their connection in the same instant. */
interface Disrupting {
  readonly team: Team;
  readonly channels: RunningChannels;
  readonly disruption: Disruption;
  /** Of one user, who has the name of the first of the role. */
  readonly plan: Plan;
  readonly lag: LagMonitor;
  /** By channel: what the names of users of this role end with. */
  readonly endings: Map<number, readonly string[]>;
  /** Of all disruptions: who is about to join again. */
  readonly joining: Set<LoadClient>;
  later(afterUs: number, act: () => void): void;
}

/** Sets everything up; call what it gives to end it, and to hear how many are still about to join again. */
export function disrupt(team: Team, channels: RunningChannels, times: RunTimes): () => number {
  const { workload, clock, assignment } = team;
  const timers = new Set<NodeJS.Timeout>();
  const joining = new Set<LoadClient>();
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
  const lag = workload.disrupt.length > 0 ? startLagMonitor(clock, () => {}) : undefined;
  for (const [k, disruption] of workload.disrupt.entries()) {
    const plan = rejoinPlan(workload.plan, disruption);
    const disrupting = { team, channels, disruption, plan, lag: lag!, endings: new Map(), joining, later };
    later(times.holdAtUs + disruption.atUs - clock.nowUs(), () => {
      for (const client of chosen(team, disruption, `${assignment.seed} disrupt ${k}`)) {
        if (client.open) befall(disrupting, client);
      }
    });
  }
  return () => {
    lag?.stop();
    for (const timer of timers) clearTimeout(timer);
    return joining.size;
  };
}

/** Those of the users that are drawn who are of this worker. */
function chosen(
  { workload, clients, channels, members }: Team,
  { clients: role, share }: Disruption,
  seed: string,
): readonly LoadClient[] {
  const users = workload.plan.clients;
  const names = new Set(role);
  const candidates = [...users.keys()].filter(number => names.has(users[number]!.name));
  const drawn = drawUsers({ channels: workload.channels, usersOfChannel: users.length, candidates, share, seed });
  const numberOf = ({ channel, index }: LoadClient) =>
    channels[channel]! * users.length + members[index % members.length]!;
  const own = new Map(clients.map(client => [numberOf(client), client]));
  return drawn.flatMap(number => own.get(number) ?? []);
}

function befall(disrupting: Disrupting, client: LoadClient): void {
  const { team, disruption, later } = disrupting;
  const { act, forUs } = disruption;
  if (act === 'stop-reading') {
    client.connection?.setReading(false);
    later(forUs, () => client.connection?.setReading(true));
    return;
  }
  beginChange(team.ledger, client.index, team.clock.nowUs());
  client.ending = true;
  client.connection?.close({ half: false, abort: false });
  if (act === 'reconnect') later(forUs, () => void rejoin(disrupting, client));
}

/** The steps are written for the first user of the role: whoever reconnects takes its name, with an account and names of its own. */
async function rejoin(disrupting: Disrupting, client: LoadClient): Promise<void> {
  const { team, channels, disruption, plan, lag, joining } = disrupting;
  const { ledger, clock } = team;
  const name = disruption.clients[0]!;
  const { names } = channels.joined[client.channel]!.state;
  const common = channels.options[client.channel]!;
  beginChange(ledger, client.index, clock.nowUs());
  const own = common.accounts[client.name];
  const channel = runChannel({
    ...common,
    lag,
    plan,
    clients: [client],
    clientOf: () => client,
    names: laidOver(names, namesOf(disrupting, client, names)),
    accounts: own ? laidOver(common.accounts, { [name]: own }) : common.accounts,
  });
  channels.rejoined.push(channel);
  joining.add(client);
  const outcome = await channel.joined;
  joining.delete(client);
  if ('machine' in outcome) {
    for (const [slot, value] of Object.entries(outcome.state.names))
      if (slot.startsWith(`${name}.`)) Object.assign(names, { [`${client.name}${slot.slice(name.length)}`]: value });
    endJoin(ledger, client.index, clock.nowUs());
    return;
  }
  if (team.abort.signal.aborted || !team.held) return;
  ledger.counters.notRejoined++;
  ledger.tell({ kind: 'not-rejoined', client: client.index, atUs: clock.nowUs(), about: outcome[0]?.message ?? '' });
}

/** Without steps of its own it joins again as its recipe says. */
function rejoinPlan(plan: Plan, { join, clients: role }: Disruption): Plan {
  const [name = ''] = role;
  const steps = join.length > 0 ? join : recipeOf(plan.steps, name);
  return joinPlan({
    ...plan,
    clients: plan.clients.filter(each => each.name === name),
    steps: steps.map((step, index) => ({ ...step, index })),
    finally: [],
  });
}

function recipeOf(steps: readonly Step[], client: string): readonly Step[] {
  return steps.flatMap(step =>
    step.phase === 'recipe' && step.kind === 'client' && step.clients.includes(client)
      ? [{ ...step, clients: [client] }]
      : [],
  );
}

/** What is bound for a user, as if it were the first of its role. */
function namesOf({ disruption, endings }: Disrupting, client: LoadClient, names: Names): Names {
  const [first = ''] = disruption.clients;
  let known = endings.get(client.channel);
  if (!known) {
    known = endingsOf(names, new Set(disruption.clients));
    endings.set(client.channel, known);
  }
  const own = known.flatMap(ending => {
    const value = names[`${client.name}${ending}`];
    return value === undefined ? [] : [[`${first}${ending}`, value] as const];
  });
  return Object.fromEntries(own);
}

function endingsOf(names: Names, role: ReadonlySet<string>): readonly string[] {
  const endings = new Set<string>();
  for (const slot of Object.keys(names)) {
    const dot = slot.indexOf('.');
    if (dot > 0 && role.has(slot.slice(0, dot))) endings.add(slot.slice(dot));
  }
  return [...endings];
}

/** All that is there, some of it replaced, without a copy of what may be thousands. */
function laidOver<T extends object>(below: T, over: T): T {
  return Object.assign(Object.create(below) as T, over);
}

/** Whole runs on a simulated clock: the publisher, the ledger, and a network whose every delivery is written down. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, type Random } from '../../../test/language/random.ts';
import { brokenIdentities } from '../ledger/counters.ts';
import { closeAll, closeDue } from '../ledger/deadlines.ts';
import { createLedger, type Ledger, nextSequence, noteReceived, noteSent } from '../ledger/ledger.ts';
import { noteGone } from '../ledger/membership.ts';
import { foldTimings } from '../ledger/timings.ts';
import { distributionOf } from '../metrics/distribution.ts';
import { createSchedule, type DueAt } from '../schedule/schedule.ts';
import { createPublisher, type EntryWork, type Publisher, type Sending } from './publisher.ts';

const times = { warmUpAtUs: 10_000, holdAtUs: 300_000, holdEndUs: 2_300_000 };
const deadlineUs = 200_000;
const receivers = 5;

interface Receipt {
  readonly client: number;
  readonly stream: number;
  readonly sequence: number;
  readonly dueUs: number;
  readonly sentUs: number;
  readonly atUs: number;
}

/** What a run must say, from what was done and nothing else. */
interface Truth {
  readonly counts: Record<Sending, number> & { expected: number; delivered: number; late: number; duplicate: number };
  readonly deliveryUs: number[];
  readonly serviceUs: number[];
  readonly sendDelayUs: number[];
}

interface Run {
  readonly random: Random;
  readonly ledger: Ledger;
  readonly publisher: Publisher;
  readonly truth: Truth;
  readonly schedules: readonly DueAt[];
  readonly clock: { nowUs: number };
  readonly underWay: Receipt[];
  readonly had: Set<string>;
}

function createRun(random: Random): Run {
  const channels = 1 + random.under(3);
  const paces = random.list(1, 3, () =>
    random.oneOf([
      { kind: 'rate', perSecond: 20 + random.under(400) } as const,
      { kind: 'poisson', perSecond: 20 + random.under(400) } as const,
      { kind: 'burst', count: 1 + random.under(40), everyUs: 100_000 } as const,
    ]),
  );
  const schedules = paces.map((pace, entry) => createSchedule(pace, `${entry}`));
  const entries: EntryWork[] = schedules.map(dueAt => ({ senders: 1, warmUp: dueAt, hold: dueAt, inFlight: 0 }));
  const everybody = [...new Array(receivers).keys()];
  const clock = { nowUs: 0 };
  const ledger = createLedger({
    topology: {
      channels,
      clientsOfChannel: receivers + 1,
      streamsOfChannel: entries.map((_, entry) => ({ entry, sender: receivers, receivers: everybody })),
    },
    deadlineUs,
    tell: () => {},
    answered: () => {},
  });
  ledger.recordFromUs = times.holdAtUs;
  const counts = { sent: 0, saturated: 0, failed: 0, expected: 0, delivered: 0, late: 0, duplicate: 0 };
  const publisher = createPublisher({
    entries,
    channels,
    isOurs: () => true,
    times,
    counters: ledger.counters,
    nowUs: () => clock.nowUs,
    send: (entry, channel, _, __, dueUs) => send(run, channel * entries.length + entry, channel, dueUs),
    prepare: () => {},
  });
  const truth = { counts, deliveryUs: [], serviceUs: [], sendDelayUs: [] };
  const run = { random, ledger, publisher, truth, schedules, clock, underWay: [], had: new Set<string>() };
  return run;
}

/** Most messages reach everybody, soon; of the others some are lost, late, or come twice. */
function send(run: Run, stream: number, channel: number, dueUs: number): Sending {
  const { random, ledger, truth, clock, underWay } = run;
  const recorded = dueUs >= times.holdAtUs;
  const outcome = random.chance(0.9) ? 'sent' : random.oneOf(['saturated', 'failed'] as const);
  if (recorded) truth.counts[outcome]++;
  if (outcome !== 'sent') return outcome;
  const sequence = nextSequence(ledger, stream);
  noteSent(ledger, stream, dueUs, clock.nowUs);
  if (recorded) {
    truth.counts.expected += receivers;
    truth.sendDelayUs.push(clock.nowUs - dueUs);
  }
  for (let receiver = 0; receiver < receivers; receiver++) {
    const client = channel * (receivers + 1) + receiver;
    const fate = random.under(20);
    if (fate === 0) continue;
    const takesUs =
      fate === 1 ? 2 * deadlineUs + random.under(100_000) : 200 + random.under(random.oneOf([900, 90_000]));
    const receipt = { client, stream, sequence, dueUs, sentUs: clock.nowUs, atUs: clock.nowUs + takesUs };
    underWay.push(receipt);
    if (fate === 2) underWay.push({ ...receipt, atUs: receipt.atUs + random.under(50_000) });
  }
  return 'sent';
}

/** What has come by now, in the order of coming. A connection that has ended brings nothing. */
function receive({ ledger, truth, clock, underWay, had }: Run): void {
  const come = underWay.filter(({ atUs }) => atUs <= clock.nowUs).sort((a, b) => a.atUs - b.atUs);
  underWay.splice(0, underWay.length, ...underWay.filter(({ atUs }) => atUs > clock.nowUs));
  for (const { client, stream, sequence, dueUs, sentUs, atUs } of come) {
    if (ledger.members.status[client] === 'gone') continue;
    noteReceived(ledger, client, stream, sequence, dueUs, atUs);
    if (dueUs < times.holdAtUs) continue;
    const key = `${client} ${stream} ${sequence}`;
    if (had.has(key)) {
      truth.counts.duplicate++;
      continue;
    }
    had.add(key);
    truth.counts[atUs - dueUs > deadlineUs ? 'late' : 'delivered']++;
    truth.deliveryUs.push(atUs - dueUs);
    truth.serviceUs.push(atUs - sentUs);
  }
}

/** To its end, or to where it is broken off; the loop is now and then held up, and connections end. */
function play(run: Run): { readonly endUs: number } {
  const { random, ledger, publisher, clock } = run;
  const stopUs = random.chance(0.7) ? Number.POSITIVE_INFINITY : random.under(times.holdEndUs);
  while (clock.nowUs < Math.min(stopUs, times.holdEndUs)) {
    clock.nowUs += random.chance(0.02) ? random.under(400_000) : random.under(4_000);
    receive(run);
    if (random.chance(0.001)) noteGone(ledger, random.under(ledger.members.status.length));
    // The turn in which hold ends comes too late.
    if (clock.nowUs < times.holdEndUs) publisher.pump();
    closeDue(ledger, clock.nowUs);
  }
  const endUs = Math.min(clock.nowUs, times.holdEndUs);
  publisher.end(endUs);
  if (stopUs === Number.POSITIVE_INFINITY) clock.nowUs = times.holdEndUs + deadlineUs + 50_000;
  receive(run);
  closeAll(ledger, clock.nowUs);
  foldTimings(ledger.timings);
  return { endUs };
}

/** Messages that were due in hold, one by one. */
function dueIn(dueAt: DueAt, endUs: number): number {
  let count = 0;
  while (times.holdAtUs + dueAt(count) < endUs) count++;
  return count;
}

test('whatever happens, each message is accounted for, and every percentile is within a thousandth', () => {
  const met = { underrun: 0, unverified: 0, late: 0, lost: 0, duplicate: 0 };
  fc.assert(
    fc.property(fc.nat(), number => {
      const run = createRun(createRandom(number));
      const { endUs } = play(run);
      const { ledger, truth, schedules } = run;
      const { counters, timings } = ledger;
      expect(brokenIdentities(counters)).toEqual([]);
      expect(counters).toMatchObject(truth.counts);
      expect(counters.lost + counters.unverified).toBe(counters.expected - counters.delivered - counters.late);
      // What was due before the end and not sent was never sent; what was sent in the last turn may have been due a moment after it.
      const due = schedules.reduce((sum, dueAt) => sum + dueIn(dueAt, endUs), 0);
      expect(counters.intended).toBeGreaterThanOrEqual(due);
      expect(counters.intended).toBeLessThanOrEqual(schedules.reduce((sum, each) => sum + dueIn(each, endUs + 1), 0));
      expectWithin(timings.delivery.total, truth.deliveryUs);
      // When a message was written is forgotten long after its deadline, so what is late may seem to take longer.
      if (counters.late === 0) expectWithin(timings.service.total, truth.serviceUs);
      expect(distributionOf(timings.service.total)?.count).toBe(distributionOf(timings.delivery.total)?.count);
      expectWithin(timings.sendDelay.total, truth.sendDelayUs);
      for (const name of Object.keys(met) as (keyof typeof met)[]) met[name] += counters[name];
    }),
    { numRuns: 60 },
  );
  for (const [name, count] of Object.entries(met)) expect(count, name).toBeGreaterThan(100);
});

function expectWithin(counts: Float64Array, exactUs: readonly number[]): void {
  const sorted = exactUs.toSorted((a, b) => a - b);
  const distribution = distributionOf(counts);
  expect(distribution?.count ?? 0).toBe(sorted.length);
  if (!distribution) return;
  for (const percentile of [5_000, 9_000, 9_500, 9_900, 9_990]) {
    const exact = sorted[Math.ceil((sorted.length * percentile) / 10_000) - 1]!;
    expect(Math.abs(distribution.percentileUs(percentile) - exact)).toBeLessThanOrEqual(exact / 1_000);
  }
}

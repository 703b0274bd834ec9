/** An hour of load on a simulated clock: sums are exact beyond 32 bits, and nothing grows with the time. */
import { expect, test } from 'vitest';
import { brokenIdentities } from '../ledger/counters.ts';
import { closeAll, closeDue } from '../ledger/deadlines.ts';
import { createLedger, nextSequence, noteReceived, noteSent } from '../ledger/ledger.ts';
import { foldTimings } from '../ledger/timings.ts';
import { distributionOf } from '../metrics/distribution.ts';
import { slotOfUs } from '../metrics/histogram.ts';
import { createSchedule } from '../schedule/schedule.ts';
import { collectGarbage } from './collect-garbage.ts';
import { createPublisher } from './publisher.ts';

const seconds = 3_600;
const perSecond = 100;
const receivers = 5;
const deadlineUs = 500_000;
/** What each second is said to have brought besides, as a dense stream does: more than 32 bits in an hour. */
const denseOfSecond = 2_000_000;
const denseUs = 700;

function createRun() {
  const clock = { nowUs: 0 };
  const sender = receivers;
  const ledger = createLedger({
    topology: {
      channels: 1,
      clientsOfChannel: receivers + 1,
      streamsOfChannel: [{ entry: 0, sender, receivers: [...new Array(receivers).keys()] }],
    },
    deadlineUs,
    tell: () => {},
    answered: () => {},
  });
  ledger.recordFromUs = 0;
  const dueAt = createSchedule({ kind: 'rate', perSecond }, 'hour');
  const publisher = createPublisher({
    entries: [{ senders: 1, warmUp: undefined, hold: dueAt, inFlight: 0 }],
    channels: 1,
    isOurs: () => true,
    times: { warmUpAtUs: 0, holdAtUs: 0, holdEndUs: seconds * 1e6 },
    counters: ledger.counters,
    nowUs: () => clock.nowUs,
    prepare: () => {},
    send(_entry, _channel, _sender, n, dueUs) {
      const sequence = nextSequence(ledger, 0);
      noteSent(ledger, 0, dueUs, clock.nowUs);
      // The last receiver misses one message in a thousand; each is remembered, should it still come.
      const reached = n % 1_000 === 0 ? receivers - 1 : receivers;
      for (let client = 0; client < reached; client++)
        noteReceived(ledger, client, 0, sequence, dueUs, clock.nowUs + 300 + client);
      return 'sent';
    },
  });
  return { clock, ledger, publisher };
}

/** One second, in steps of ten milliseconds. */
function playSecond({ clock, ledger, publisher }: ReturnType<typeof createRun>): void {
  const { counters, timings } = ledger;
  for (const endUs = clock.nowUs + 1e6; clock.nowUs < endUs; clock.nowUs += 10_000) {
    publisher.pump();
    closeDue(ledger, clock.nowUs);
  }
  counters.expected += denseOfSecond;
  counters.delivered += denseOfSecond;
  timings.delivery.recent[slotOfUs(denseUs)]! += denseOfSecond;
  foldTimings(timings);
}

/** Of everything that is held. */
async function heldBytes(): Promise<number> {
  await collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('an hour of recording: sums are exact beyond 32 bits, and memory stays as it was after the first minutes', async () => {
  const run = createRun();
  for (let second = 0; second < seconds / 6; second++) playSecond(run);
  const earlyBytes = await heldBytes();
  for (let second = seconds / 6; second < seconds; second++) playSecond(run);
  const lateBytes = await heldBytes();
  const { ledger, publisher, clock } = run;
  publisher.end(seconds * 1e6);
  closeAll(ledger, clock.nowUs + 2 * deadlineUs);
  const sent = seconds * perSecond;
  const lost = sent / 1_000;
  const dense = seconds * denseOfSecond;
  expect(dense).toBeGreaterThan(2 ** 32);
  expect(ledger.counters).toMatchObject({
    intended: sent,
    sent,
    expected: dense + sent * receivers,
    delivered: dense + sent * receivers - lost,
    lost,
    late: 0,
    incomplete: lost,
  });
  expect(brokenIdentities(ledger.counters)).toEqual([]);
  const delivery = distributionOf(ledger.timings.delivery.total)!;
  expect(delivery.count).toBe(dense + sent * receivers - lost);
  expect([delivery.percentileUs(5_000), delivery.percentileUs(9_999)]).toEqual([denseUs, denseUs]);
  // A word for each message of these fifty minutes would be 2.4 MB.
  expect(lateBytes - earlyBytes).toBeLessThan(500_000);
});

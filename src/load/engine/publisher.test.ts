import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCounters } from '../ledger/counters.ts';
import { createSchedule } from '../schedule/schedule.ts';
import { createPublisher, type EntryWork, type Sending } from './publisher.ts';

const times = { warmUpAtUs: 1_000, holdAtUs: 51_000, holdEndUs: 151_000 };

interface Sent {
  readonly entry: number;
  readonly channel: number;
  readonly sender: number;
  readonly n: number;
  readonly dueUs: number;
  readonly atUs: number;
}

/** A publisher on a clock of ours. */
function stage(
  entries: readonly EntryWork[],
  channels = 1,
  share = { k: 0, n: 1 },
  outcome: (sent: Sent) => Sending = () => 'sent',
) {
  const clock = { nowUs: 0 };
  const sent: Sent[] = [];
  const prepared: Sent[] = [];
  const counters = createCounters();
  const publisher = createPublisher({
    entries,
    channels,
    isOurs: (_, channel) => channel % share.n === share.k,
    times,
    counters,
    nowUs: () => clock.nowUs,
    send(entry, channel, sender, n, dueUs) {
      const each = { entry, channel, sender, n, dueUs, atUs: clock.nowUs };
      sent.push(each);
      const what = outcome(each);
      if (what === 'sent' && dueUs >= times.holdAtUs) counters.sent++;
      return what;
    },
    prepare: (entry, channel, sender, n, dueUs) =>
      void prepared.push({ entry, channel, sender, n, dueUs, atUs: clock.nowUs }),
  });
  return { prepared, clock, sent, counters, publisher };
}

const evenly = (perSecond: number): EntryWork => {
  const dueAt = createSchedule({ kind: 'rate', perSecond }, '');
  return { senders: 2, warmUp: dueAt, hold: dueAt, inFlight: 0 };
};

function runThrough({ clock, publisher }: ReturnType<typeof stage>, stepUs: number): void {
  for (clock.nowUs = 0; clock.nowUs < times.holdEndUs; clock.nowUs += stepUs) publisher.pump();
  publisher.end(times.holdEndUs);
}

describe('a publisher', () => {
  test('sends each message when it is due, to channels and senders in turn', () => {
    const played = stage([evenly(100)], 2);
    for (let due = played.publisher.nextDueUs(); due < Number.POSITIVE_INFINITY; due = played.publisher.nextDueUs()) {
      played.clock.nowUs = due;
      played.publisher.pump();
    }
    played.publisher.end(times.holdEndUs);
    expect(played.sent.every(({ dueUs, atUs }) => dueUs === atUs)).toBe(true);
    expect(played.sent.slice(0, 5).map(({ dueUs, channel, sender }) => [dueUs, channel, sender])).toEqual([
      [1_000, 0, 0],
      [11_000, 1, 0],
      [21_000, 0, 1],
      [31_000, 1, 1],
      [41_000, 0, 0],
    ]);
    expect(played.counters).toMatchObject({ intended: 10, sent: 10, underrun: 0 });
  });

  test('prepares the one that it sends next, and nothing when it is over', () => {
    const { publisher, prepared, sent, clock } = stage([evenly(100), evenly(300)], 2);
    for (let due = publisher.nextDueUs(); due < Number.POSITIVE_INFINITY; due = publisher.nextDueUs()) {
      clock.nowUs = due - 1;
      publisher.prepare();
      clock.nowUs = due;
      const before = sent.length;
      publisher.pump();
      expect({ ...prepared.pop(), atUs: due }).toEqual(sent[before]);
    }
    publisher.prepare();
    publisher.end(times.holdEndUs);
    publisher.prepare();
    expect(prepared).toEqual([]);
  });

  test('several workers send together what one would send', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 900 }),
        (n, channels, rate) => {
          const alone = stage([evenly(rate)], channels);
          runThrough(alone, 1_000);
          const together = Array.from({ length: n }, (_, k) => {
            const played = stage([evenly(rate)], channels, { k, n });
            runThrough(played, 1_000);
            return played;
          });
          const key = ({ channel, sender, dueUs }: Sent) => `${dueUs} ${channel} ${sender}`;
          expect(together.flatMap(({ sent }) => sent.map(key)).sort()).toEqual(alone.sent.map(key).sort());
          expect(together.reduce((sum, { counters }) => sum + counters.intended, 0)).toBe(alone.counters.intended);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('what was not sent when hold ends is underrun, and everything intended is accounted for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 200_000 }),
        fc.constantFrom('sent', 'saturated', 'failed'),
        (stepUs, what) => {
          const played = stage([evenly(1_000)], 1, { k: 0, n: 1 }, () => what as Sending);
          runThrough(played, stepUs);
          const { intended, sent, underrun, saturated, failed } = played.counters;
          expect(intended).toBe(100);
          expect(sent + underrun + saturated + failed).toBe(intended);
        },
      ),
    );
  });

  test('of a hold that is cut short only what was due by then was intended', () => {
    const played = stage([evenly(1_000)]);
    played.clock.nowUs = 61_000;
    played.publisher.pump();
    played.publisher.end(71_000);
    expect(played.counters).toMatchObject({ intended: 20, sent: 11, underrun: 9 });
  });

  test('keeps so many in flight for each sender, and no more', () => {
    const work: EntryWork = { senders: 2, warmUp: undefined, hold: undefined, inFlight: 3 };
    const played = stage([work]);
    played.clock.nowUs = 2_000;
    played.publisher.pump();
    expect(played.sent.map(({ sender }) => sender)).toEqual([0, 1, 0, 1, 0, 1]);
    expect(played.publisher.nextDueUs()).toBe(Number.POSITIVE_INFINITY);
    played.clock.nowUs = 60_000;
    played.publisher.answered(0, 0, 1);
    expect(played.publisher.nextDueUs()).toBe(60_000);
    played.publisher.pump();
    expect(played.sent.at(-1)).toMatchObject({ sender: 1, dueUs: 60_000 });
    expect(played.counters.intended).toBe(1);
  });

  test('who has messages in flight and could not send goes on when it can, and was counted once', () => {
    const work: EntryWork = { senders: 1, warmUp: undefined, hold: undefined, inFlight: 1 };
    let what: Sending = 'failed';
    const { clock, publisher, counters, sent } = stage([work], 1, undefined, () => what);
    clock.nowUs = 60_000;
    publisher.pump();
    publisher.answered(0, 0, 0);
    publisher.pump();
    publisher.retry();
    publisher.retry();
    expect(counters).toMatchObject({ intended: 1, sent: 0, failed: 1 });
    what = 'sent';
    clock.nowUs = 70_000;
    publisher.retry();
    expect(counters).toMatchObject({ intended: 3, sent: 2, failed: 1 });
    expect(sent.at(-1)).toMatchObject({ dueUs: 70_000 });
    publisher.retry();
    clock.nowUs = times.holdEndUs;
    publisher.retry();
    expect(counters.intended).toBe(3);
  });
});

import { beforeAll, expect, test } from 'vitest';
import type { Counters } from '../../../src/load/ledger/counters.ts';
import type { LoadResults } from '../../../src/load/load-results.ts';
import { runShout } from './run-shout.ts';
import { type Delivery, type Door, honest, type Manner } from './shout-server.ts';

/** Each of two rooms gets 50 messages for three listeners; the speaker is receiver 0, and its copy does not count. */
const all = { intended: 100, sent: 100, underrun: 0, saturated: 0, failed: 0, unacknowledged: 0, expected: 300 };
const whole = {
  ...all,
  delivered: 300,
  late: 0,
  lost: 0,
  unverified: 0,
  indeterminate: 0,
  duplicate: 0,
  unexpected: 0,
  corrupt: 0,
  incomplete: 0,
  gaps: 0,
  reordered: 0,
  displacement: 0,
  invalid: 0,
};

interface Lie {
  /** Another workload than `liars`. */
  readonly workload?: string;
  readonly workers?: number;
  readonly placement?: 'threads' | 'processes';
  readonly manner: Manner;
  readonly door?: Door;
  /** What the ledger must say, exactly. */
  readonly counts: Partial<Counters>;
}

/** Does `lie` for the delivery of message n to a receiver of the first room, and is honest with all others. */
function lying(n: number, receiver: number, lie: Manner): Manner {
  return delivery => {
    const chosen = delivery.room === 0 && delivery.n === n && delivery.receiver === receiver;
    (chosen ? lie : honest)(delivery);
  };
}

function swapping(): Manner {
  let held: Delivery | undefined;
  return delivery => {
    if (delivery.room !== 0 || delivery.receiver !== 3) return delivery.deliver();
    if (delivery.n === 20) {
      held = delivery;
      return;
    }
    delivery.deliver();
    if (delivery.n === 23) held!.deliver();
  };
}

function forgetful(): Door {
  let said = 0;
  return { enter: () => true, acknowledges: () => ++said % 10 !== 0 };
}

const lies: Readonly<Record<string, Lie>> = {
  'is honest': { manner: honest, counts: whole },
  'is honest to two workers': { manner: honest, workers: 2, counts: whole },
  'is honest to two threads': { manner: honest, workers: 2, placement: 'threads', counts: whole },
  'is honest to two processes': { manner: honest, workers: 2, placement: 'processes', counts: whole },
  // The last of the five is not followed by another one, so it is no gap.
  'drops every tenth message to one receiver': {
    manner(delivery) {
      if (delivery.room === 1 && delivery.n % 10 === 0 && delivery.receiver === 2) return;
      delivery.deliver();
    },
    counts: { ...whole, delivered: 295, lost: 5, incomplete: 5, gaps: 4 },
  },
  'drops everything to one receiver': {
    manner(delivery) {
      if (delivery.room === 1 && delivery.receiver === 2) return;
      delivery.deliver();
    },
    counts: { ...whole, delivered: 250, lost: 50, incomplete: 50 },
  },
  'repeats one': {
    manner: lying(7, 1, ({ deliver }) => {
      deliver();
      deliver();
    }),
    counts: { ...whole, duplicate: 1 },
  },
  'puts one behind three others': { manner: swapping(), counts: { ...whole, reordered: 1, displacement: 3 } },
  // The deadline is 5 s after it was due, at the begin of hold; what is awaited ends 4 s later.
  'delivers one after the deadline': {
    workload: 'late',
    manner: lying(1, 1, ({ deliver }) => setTimeout(deliver, 5_500)),
    counts: {
      ...whole,
      intended: 40,
      sent: 40,
      expected: 120,
      delivered: 119,
      late: 1,
      incomplete: 1,
      reordered: 1,
      displacement: 19,
    },
  },
  'does not acknowledge one of ten': {
    manner: honest,
    door: forgetful(),
    counts: { ...whole, unacknowledged: 10 },
  },
  'delivers one to a stranger too': {
    manner: lying(9, 2, ({ deliver, elsewhere }) => {
      deliver();
      elsewhere();
    }),
    counts: { ...whole, unexpected: 1 },
  },
  'delivers one to a stranger of another worker': {
    workers: 2,
    manner: lying(9, 2, ({ deliver, elsewhere }) => {
      deliver();
      elsewhere();
    }),
    counts: { ...whole, unexpected: 1, corrupt: 0 },
  },
  'damages the mark of one': {
    manner: lying(11, 1, ({ text, deliver }) =>
      deliver(`${text.slice(0, 20)}${text[20] === 'a' ? 'b' : 'a'}${text.slice(21)}`),
    ),
    counts: { ...whole, delivered: 299, corrupt: 1, lost: 1, incomplete: 1, gaps: 1 },
  },
  'says something else instead of one': {
    manner: lying(11, 1, ({ deliver }) => deliver('hello')),
    counts: { ...whole, delivered: 299, corrupt: 1, lost: 1, incomplete: 1, gaps: 1 },
  },
  // All that the receiver has had by then was written before its connection ended.
  'cuts a receiver off before its eleventh message': {
    manner: lying(11, 3, ({ cutOff }) => cutOff()),
    counts: { ...all, delivered: 260, lost: 0, unverified: 40, late: 0 },
  },
};

const results = new Map<string, LoadResults>();

// At once, for each takes as long as its deadline; and with a long one, for at once they are slow.
beforeAll(async () => {
  const runs = Object.entries(lies).map(async ([name, { workload = 'liars', workers = 1, placement, manner, door }]) =>
    results.set(name, await runShout(workload, manner, { workers, ...(placement && { placement }) }, door)),
  );
  await Promise.all(runs);
});

test.each(Object.entries(lies))('the ledger is exact of a target that %s', (name, { counts }) => {
  expect(results.get(name)!.counters).toMatchObject(counts);
});

test('of an honest target everything is delivered, acknowledged and timed', () => {
  const { counters, timings, deliveryRatio, faults } = results.get('is honest')!;
  expect(counters).toMatchObject(whole);
  expect(deliveryRatio).toBe(1);
  expect(faults).toEqual([]);
  expect([timings.delivery, timings.ack, timings.timeToLast, timings.skew].map(each => each?.count)).toEqual([
    300, 100, 100, 100,
  ]);
});

test('what some messages never had is never: half of the rooms have a receiver who gets nothing', () => {
  const { timeToFirst, timeToLast } = results.get('drops everything to one receiver')!.timings;
  expect(timeToFirst).toMatchObject({ count: 100, never: 0, p99Us: expect.any(Number) });
  expect(timeToLast).toMatchObject({ count: 50, never: 50, p50Us: expect.any(Number) });
  expect([timeToLast?.p90Us, timeToLast?.maxUs]).toEqual([undefined, undefined]);
});

test('faults are told with the names of the workload', () => {
  expect(results.get('repeats one')!.faults).toEqual([
    expect.objectContaining({
      kind: 'duplicate',
      sender: 'speaker',
      receiver: expect.stringMatching(/^listener-[123]$/),
      sequence: 7,
    }),
  ]);
});

test('messages in flight wait for their answer', async () => {
  const { counters, perSecond } = await runShout('echo');
  expect(counters).toMatchObject({ lost: 0, duplicate: 0, underrun: 0, failed: 0, expected: 2 * counters.sent });
  expect(counters.sent).toBeGreaterThan(24);
  expect(perSecond.publishes).toBeGreaterThan(0);
});

import { beforeAll, expect, test } from 'vitest';
import type { LoadResults } from '../../../src/load/load-results.ts';
import { runShout } from './run-shout.ts';
import { type Door, honest, type Manner } from './shout-server.ts';

/** 100 messages of two speakers to all eight, whose places in the room are not the same in each run. */
const all = { intended: 100, sent: 100, underrun: 0, saturated: 0, failed: 0, expected: 800 };
const none = { late: 0, lost: 0, unverified: 0, duplicate: 0, unexpected: 0, corrupt: 0, incomplete: 0, gaps: 0 };

/** Does it once, to one of them, of message n. */
function once(n: number, lie: Manner): Manner {
  let done = false;
  return delivery => {
    if (delivery.n !== n || done) return honest(delivery);
    done = true;
    lie(delivery);
  };
}

const nobody: Manner = () => {};

const lies: Readonly<Record<string, readonly [Manner, object]>> = {
  'is honest': [honest, { ...all, ...none, delivered: 800 }],
  'drops one for everybody': [
    delivery => (delivery.n === 40 ? nobody(delivery) : honest(delivery)),
    { ...all, ...none, delivered: 792, lost: 8, incomplete: 1, gaps: 8 },
  ],
  'drops one for one': [once(40, nobody), { ...all, ...none, delivered: 799, lost: 1, incomplete: 1, gaps: 1 }],
  'repeats one': [
    once(40, delivery => {
      delivery.deliver();
      delivery.deliver();
    }),
    { ...all, ...none, delivered: 800, duplicate: 1 },
  ],
};

const results = new Map<string, LoadResults>();

beforeAll(async () => {
  const runs = Object.entries(lies).flatMap(([name, [manner]]) =>
    (['here', 'threads', 'processes'] as const).map(async placement => {
      if (placement !== 'here' && name !== 'is honest') return;
      results.set(`${name} ${placement}`, await runShout('one-room', manner, { workers: 2, placement }));
    }),
  );
  await Promise.all(runs);
});

test.each(Object.entries(lies))(
  'a room cut over two workers: the ledger is exact of a target that %s',
  (name, [, counts]) => {
    expect(results.get(`${name} here`)!.counters).toMatchObject(counts);
  },
);

test.each(['threads', 'processes'])('a room cut over two %s is counted and timed as one', place => {
  const { counters, timings, joinFailures } = results.get(`is honest ${place}`)!;
  expect(joinFailures).toEqual([]);
  expect(counters).toMatchObject({ ...all, ...none, delivered: 800 });
  const timed = [timings.delivery, timings.timeToFirst, timings.timeTo50, timings.timeToLast, timings.skew];
  expect(timed.map(each => each?.count)).toEqual([800, 100, 100, 100, 100]);
});

test('who cannot join in one worker ends it for all, and is told of once', async () => {
  let entries = 0;
  const door: Door = { enter: () => ++entries !== 5 };
  const { ended, verdict, joinFailures } = await runShout('one-room', honest, { workers: 2 }, door);
  expect([ended, verdict]).toEqual(['not-joined', 'fail']);
  expect(joinFailures[0]!.at).toMatch(/^shout\/fragments\/enter\.yaml:/);
});

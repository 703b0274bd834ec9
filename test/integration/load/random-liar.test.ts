import { expect, test } from 'vitest';
import type { Counters } from '../../../src/load/ledger/counters.ts';
import { createRandom, type Random } from '../../language/random.ts';
import { runShout } from './run-shout.ts';
import type { Delivery, Manner } from './shout-server.ts';

/** What a receiver was given of its room's speaker, by number, in this order. */
type Given = number[];

interface Liar {
  readonly manner: Manner;
  /** By room and receiver. */
  readonly given: ReadonlyMap<string, Given>;
  readonly damaged: () => number;
  readonly astray: () => number;
}

/** Drops, repeats, keeps back behind the next one, damages, or gives to a stranger too: each at random. */
function createLiar(random: Random): Liar {
  const given = new Map<string, Given>();
  const kept = new Map<string, Delivery>();
  let damaged = 0;
  let astray = 0;
  function give(delivery: Delivery): void {
    const key = `${delivery.room} ${delivery.receiver}`;
    given.set(key, [...(given.get(key) ?? []), delivery.n]);
    delivery.deliver();
  }
  function lie(delivery: Delivery, key: string): void {
    const lies = ['none', 'none', 'none', 'drop', 'repeat', 'keep', 'damage', 'stray'] as const;
    const lie = random.oneOf(lies);
    if (lie === 'drop') return;
    if (lie === 'damage') {
      damaged++;
      delivery.deliver(`${delivery.text.slice(0, 12)}-${delivery.text.slice(13)}`);
    } else if (lie === 'keep' && !kept.has(key)) {
      kept.set(key, delivery);
    } else {
      give(delivery);
      if (lie === 'repeat') give(delivery);
      if (lie === 'stray') {
        astray++;
        delivery.elsewhere();
      }
    }
  }
  return {
    given,
    damaged: () => damaged,
    astray: () => astray,
    manner(delivery) {
      // The speaker, whose own copy counts for nothing.
      if (delivery.receiver === 0) return delivery.deliver();
      const key = `${delivery.room} ${delivery.receiver}`;
      const held = kept.get(key);
      lie(delivery, key);
      if (!held || random.chance(0.5)) return;
      kept.delete(key);
      give(held);
    },
  };
}

/** What the ledger must say of it, counted from nothing but the lists. */
function countsOf(liar: Liar): Partial<Counters> {
  const counts = { delivered: 0, duplicate: 0, reordered: 0, displacement: 0, gaps: 0 };
  for (const given of liar.given.values()) {
    const had = new Set<number>();
    let highest = 0;
    for (const n of given) {
      if (had.has(n)) {
        counts.duplicate++;
        continue;
      }
      had.add(n);
      if (n < highest) counts.reordered++;
      counts.displacement = Math.max(counts.displacement, highest - n);
      highest = Math.max(highest, n);
    }
    counts.delivered += had.size;
    counts.gaps += highest - had.size;
  }
  return {
    ...counts,
    sent: 100,
    expected: 300,
    lost: 300 - counts.delivered,
    late: 0,
    corrupt: liar.damaged(),
    unexpected: liar.astray(),
    unverified: 0,
    indeterminate: 0,
  };
}

// At once, for each takes as long as its deadline.
test('the ledger is exact of targets that lie at random', async () => {
  const runs = [1, 2, 1].map(async (workers, number) => {
    const liar = createLiar(createRandom(number));
    const { counters } = await runShout('liars', liar.manner, { workers });
    return { counters, counts: countsOf(liar) };
  });
  for (const { counters, counts } of await Promise.all(runs)) {
    expect(counters).toMatchObject(counts);
    // Every kind of lie was told.
    for (const name of ['duplicate', 'reordered', 'gaps', 'lost', 'corrupt', 'unexpected'] as const)
      expect(counts[name], name).toBeGreaterThan(5);
  }
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeOfSlot } from '../metrics/histogram.ts';
import { brokenIdentities } from './counters.ts';
import { closeAll, closeDue } from './deadlines.ts';
import { createLedger, noteReceived, noteSent } from './ledger.ts';
import { beginChange, endJoin, endLeave, noteGone } from './membership.ts';
import * as naively from './testing/naive-ledger.ts';
import type { createTimings } from './timings.ts';
import type { Topology } from './topology.ts';

const deadlineUs = 500;

type Event =
  | { readonly do: 'send'; readonly stream: number }
  | { readonly do: 'receive'; readonly client: number; readonly stream: number; readonly back: number }
  | { readonly do: 'all'; readonly stream: number; readonly back: number }
  | { readonly do: 'begin' | 'leave' | 'join' | 'gone'; readonly client: number }
  | { readonly do: 'close' }
  | { readonly do: 'pass'; readonly us: number };

function eventIn(topology: Topology): fc.Arbitrary<Event> {
  const client = fc.nat(topology.channels * topology.clientsOfChannel - 1);
  const stream = fc.nat(topology.channels * topology.streamsOfChannel.length - 1);
  // Mostly the newest messages; now and then one that is far behind, or that was never sent.
  const back = fc.oneof({ weight: 6, arbitrary: fc.nat(3) }, fc.integer({ min: -1, max: 150 }));
  return fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), stream }) },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('receive' as const), client, stream, back }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('all' as const), stream, back }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('begin' as const, 'leave', 'join'), client }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('gone' as const), client }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), us: fc.nat(200) }) },
  );
}

const topology: fc.Arbitrary<Topology> = fc
  .record({ channels: fc.integer({ min: 1, max: 2 }), clientsOfChannel: fc.integer({ min: 1, max: 5 }) })
  .chain(({ channels, clientsOfChannel }) =>
    fc
      .array(
        fc.record({
          entry: fc.constant(0),
          sender: fc.nat(clientsOfChannel - 1),
          receivers: fc.subarray([...new Array(clientsOfChannel).keys()]),
        }),
        { minLength: 1, maxLength: 3 },
      )
      .map(streamsOfChannel => ({ channels, clientsOfChannel, streamsOfChannel })),
  );

const history = topology.chain(shape =>
  fc.tuple(fc.constant(shape), fc.array(eventIn(shape), { maxLength: 400, size: 'max' }), fc.nat(600), fc.boolean()),
);

test('the ledger counts what the naive model counts, whatever happens', () => {
  let [most, churns] = [0, 0];
  fc.assert(
    fc.property(history, ([shape, events, recordFromUs, whole]) => {
      const ledger = createLedger({ topology: shape, deadlineUs, tell: () => {}, answered: () => {} });
      ledger.recordFromUs = recordFromUs;
      const naive = naively.createNaiveLedger(shape, deadlineUs, recordFromUs);
      let nowUs = 0;
      const receive = (client: number, stream: number, back: number) => {
        // Nothing comes to a connection that has ended.
        if (ledger.members.status[client] === 'gone') return;
        const sequence = ledger.messages[stream]!.last - back;
        noteReceived(ledger, client, stream, sequence, dueOf.get(`${stream} ${sequence}`) ?? nowUs, nowUs);
        naively.receive(naive, client, stream, sequence, nowUs);
      };
      const dueOf = new Map<string, number>();
      for (const event of events) {
        if (event.do === 'send') {
          noteSent(ledger, event.stream, nowUs, nowUs);
          dueOf.set(`${event.stream} ${ledger.messages[event.stream]!.last}`, nowUs);
          naively.send(naive, event.stream, nowUs);
        } else if (event.do === 'receive') {
          receive(event.client, event.stream, event.back);
        } else if (event.do === 'all') {
          const first = Math.floor(event.stream / shape.streamsOfChannel.length) * shape.clientsOfChannel;
          for (const each of shape.streamsOfChannel[event.stream % shape.streamsOfChannel.length]!.receivers)
            receive(first + each, event.stream, event.back);
        } else if (event.do === 'pass') {
          nowUs += event.us;
        } else if (event.do === 'close') {
          closeDue(ledger, nowUs);
          naively.close(naive, nowUs, false);
        } else {
          churns++;
          change(ledger, naive, event.do, event.client, nowUs);
        }
      }
      if (whole) nowUs += deadlineUs + 1;
      closeAll(ledger, nowUs);
      naively.close(naive, nowUs, true);
      const { timeToLastUs, skewUs, ...counts } = naively.conclude(naive);
      expect(ledger.counters).toMatchObject(counts);
      expect(valuesOf(ledger.timings.timeToLast.recent)).toEqual(timeToLastUs);
      expect(valuesOf(ledger.timings.skew.recent)).toEqual(skewUs);
      expect(valuesOf(ledger.timings.delivery.recent).length).toBe(counts.delivered + counts.late);
      ledger.counters.intended = counts.sent;
      expect(brokenIdentities(ledger.counters)).toEqual([]);
      most = Math.max(most, counts.sent);
    }),
    { numRuns: 100 },
  );
  // The histories were long enough to leave the window of 64, and had churn in them.
  expect(most).toBeGreaterThan(70);
  expect(churns).toBeGreaterThan(200);
});

function change(
  ledger: ReturnType<typeof createLedger>,
  naive: naively.NaiveLedger,
  act: 'begin' | 'leave' | 'join' | 'gone',
  client: number,
  nowUs: number,
): void {
  if (act === 'begin') {
    beginChange(ledger, client, nowUs);
    naively.beginChange(naive, client, nowUs);
  } else if (act === 'leave') {
    endLeave(ledger, client, nowUs);
    naively.endLeave(naive, client);
  } else if (act === 'join') {
    endJoin(ledger, client, nowUs);
    naively.endJoin(naive, client);
  } else {
    noteGone(ledger, client);
    naively.noteGone(naive, client);
  }
}

/** What a histogram has recorded, in order; exact below 2,048. */
function valuesOf(counts: ReturnType<typeof createTimings>['skew']['recent']): readonly number[] {
  return [...counts].flatMap((count, slot) => new Array<number>(count).fill(rangeOfSlot(slot).leastUs));
}

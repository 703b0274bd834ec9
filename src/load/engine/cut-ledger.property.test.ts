import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addCounters, type Counters, createCounters } from '../ledger/counters.ts';
import { closeAll, closeDue } from '../ledger/deadlines.ts';
import { noteSentElsewhere } from '../ledger/elsewhere.ts';
import { createLedger, type Ledger, noteReceived, noteSent } from '../ledger/ledger.ts';
import { beginChange, endJoin, endLeave, noteGone } from '../ledger/membership.ts';
import { stageTimings } from '../ledger/messages.ts';
import { foldTimings } from '../ledger/timings.ts';
import { type StreamShape, senderElsewhere } from '../ledger/topology.ts';
import { createPartMerger } from './merge-parts.ts';
import { membersOf } from './share.ts';
import { streamsAmong } from './streams.ts';

const deadlineUs = 500;

type Event =
  | { readonly do: 'send'; readonly stream: number }
  | { readonly do: 'receive'; readonly client: number; readonly stream: number; readonly back: number }
  | { readonly do: 'all'; readonly stream: number; readonly back: number }
  | { readonly do: 'begin' | 'leave' | 'join' | 'gone'; readonly client: number }
  /** A worker hears of so many messages of others. */
  | { readonly do: 'hear'; readonly worker: number; readonly words: number }
  | { readonly do: 'close' }
  | { readonly do: 'pass'; readonly us: number };

interface Case {
  readonly clients: number;
  readonly workers: number;
  readonly streams: readonly StreamShape[];
  readonly churns: boolean;
  readonly events: readonly Event[];
  readonly recordFromUs: number;
}

const shape = fc
  .record({ clients: fc.integer({ min: 2, max: 8 }), workers: fc.integer({ min: 2, max: 3 }), churns: fc.boolean() })
  .chain(about =>
    fc.record({
      about: fc.constant(about),
      streams: fc.array(
        fc.record({
          entry: fc.constant(0),
          sender: fc.nat(about.clients - 1),
          receivers: fc.subarray([...new Array(about.clients).keys()]),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
  );

const history: fc.Arbitrary<Case> = shape.chain(({ about, streams }) => {
  const client = fc.nat(about.clients - 1);
  const stream = fc.nat(streams.length - 1);
  const back = fc.oneof({ weight: 6, arbitrary: fc.nat(3) }, fc.integer({ min: 0, max: 90 }));
  const event: fc.Arbitrary<Event> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), stream }) },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('receive' as const), client, stream, back }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('all' as const), stream, back }) },
    {
      weight: about.churns ? 2 : 0,
      arbitrary: fc.record({ do: fc.constantFrom('begin' as const, 'leave', 'join', 'gone'), client }),
    },
    {
      weight: 8,
      arbitrary: fc.record({ do: fc.constant('hear' as const), worker: fc.nat(about.workers - 1), words: fc.nat(4) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('pass' as const), us: fc.nat(200) }) },
  );
  const events = fc.array(event, { maxLength: 300, size: 'max' });
  return fc.record({ events, recordFromUs: fc.nat(400) }).map(more => ({ ...about, streams, ...more }));
});

/** One ledger of all, and the ledgers of workers with the words that each has not heard yet. */
function stage({ clients, workers, streams, recordFromUs }: Case) {
  const merger = createPartMerger(workers);
  const common = { deadlineUs, tell: () => {}, answered: () => {} };
  const ledgerOf = (members: readonly number[], tellPart?: Parameters<typeof createLedger>[0]['tellPart']) => {
    const ledger = createLedger({
      ...common,
      topology: { channels: 1, clientsOfChannel: members.length, streamsOfChannel: streamsAmong(streams, members) },
      ...(tellPart && { tellPart }),
    });
    ledger.recordFromUs = recordFromUs;
    return ledger;
  };
  const whole = ledgerOf([...new Array(clients).keys()]);
  const parts = Array.from({ length: workers }, (_, k) => {
    const members = membersOf({ k, n: workers, cut: true }, clients);
    return {
      ledger: ledgerOf(members, merger.add),
      members,
      unheard: [] as { readonly sentUs: number; hear(): void }[],
    };
  });
  /** The worker's ledger that has this client, and the client's number in it. */
  const placeOf = (client: number) => {
    const part = parts.find(({ members }) => members.includes(client))!;
    return { ledger: part.ledger, own: part.members.indexOf(client) };
  };
  return { whole, parts, placeOf, merger };
}

function play(played: Case) {
  const { whole, parts, placeOf, merger } = stage(played);
  const dueOf = new Map<string, number>();
  let nowUs = 0;
  function receive(client: number, stream: number, back: number): void {
    if (whole.members.status[client] === 'gone') return;
    const sequence = whole.messages[stream]!.last - back;
    const dueUs = dueOf.get(`${stream} ${sequence}`);
    if (dueUs === undefined) return;
    const { ledger, own } = placeOf(client);
    noteReceived(whole, client, stream, sequence, dueUs, nowUs);
    noteReceived(ledger, own, stream, sequence, dueUs, nowUs);
  }
  function send(stream: number): void {
    noteSent(whole, stream, nowUs, nowUs);
    dueOf.set(`${stream} ${whole.messages[stream]!.last}`, nowUs);
    for (const { ledger, unheard } of parts) {
      const isHere = ledger.topology.streamsOfChannel[stream]!.sender !== senderElsewhere;
      const sentUs = nowUs;
      if (isHere) noteSent(ledger, stream, nowUs, nowUs);
      else unheard.push({ sentUs, hear: () => noteSentElsewhere(ledger, stream, sentUs, sentUs) });
    }
  }
  /** What is closed late may be unverified by then. What waits for a word then loses its place in the order. */
  function closeAllDue(): void {
    if (!played.churns) for (const { unheard } of parts) for (const { hear } of unheard.splice(0)) hear();
    for (const ledger of [whole, ...parts.map(part => part.ledger)]) closeDue(ledger, nowUs);
  }
  function change(act: 'begin' | 'leave' | 'join' | 'gone', client: number): void {
    const { ledger, own } = placeOf(client);
    closeAllDue();
    for (const [each, number] of [[whole, client] as const, [ledger, own] as const]) {
      if (act === 'begin') beginChange(each, number, nowUs);
      else if (act === 'leave') endLeave(each, number, nowUs);
      else if (act === 'join') endJoin(each, number, nowUs);
      else noteGone(each, number);
    }
  }
  for (const event of played.events) {
    if (event.do === 'send') send(event.stream);
    else if (event.do === 'receive') receive(event.client, event.stream, event.back);
    else if (event.do === 'all') {
      for (const client of played.streams[event.stream]!.receivers) receive(client, event.stream, event.back);
    } else if (event.do === 'hear') {
      for (const { hear } of parts[event.worker]!.unheard.splice(0, event.words)) hear();
    } else if (event.do === 'pass') {
      nowUs += event.us;
      // A word takes less time than the deadline allows.
      for (const { unheard } of parts)
        while (unheard.length > 0 && unheard[0]!.sentUs < nowUs - deadlineUs / 2) unheard.shift()!.hear();
    } else if (event.do === 'close') closeAllDue();
    // Two changes of one instant have no order between workers.
    else {
      nowUs++;
      change(event.do, event.client);
      nowUs++;
    }
  }
  for (const { unheard } of parts) for (const { hear } of unheard) hear();
  nowUs += deadlineUs + 1;
  for (const { ledger } of [{ ledger: whole }, ...parts]) closeAll(ledger, nowUs);
  return { whole, parts: parts.map(({ ledger }) => ledger), merged: merger.end() };
}

function sumOf(ledgers: readonly Ledger[], incomplete: number): Counters {
  const sum = createCounters();
  for (const { counters } of ledgers) addCounters(sum, counters);
  sum.incomplete += incomplete;
  return sum;
}

test('a channel cut over workers is counted as in one, and timed as in one', () => {
  fc.assert(
    fc.property(history, played => {
      const { whole, parts, merged } = play(played);
      const { gaps, reordered, displacement, duplicate, ...counts } = whole.counters;
      const order = { gaps, reordered, displacement, duplicate };
      const sum = sumOf(parts, merged.incomplete);
      expect(sum).toMatchObject(counts);
      if (played.churns) return;
      expect(sum).toMatchObject(order);
      foldTimings(whole.timings);
      for (const name of [...stageTimings, 'skew'] as const)
        expect([...merged.timings[name].total], name).toEqual([...whole.timings[name].total]);
    }),
    { numRuns: 60 },
  );
});

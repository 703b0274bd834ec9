import { expect, test } from 'vitest';
import { createCounters } from '../ledger/counters.ts';
import { createTimings, foldTimings } from '../ledger/timings.ts';
import { distributionOf } from '../metrics/distribution.ts';
import { addReplies, createExchanges, createReplies, type Slot } from './exchanges.ts';

/** Hold is from 1,000 to 2,000; a reply has 100. */
function open() {
  const counters = createCounters();
  const timings = createTimings();
  const replies = createReplies();
  const told: string[] = [];
  const exchanges = createExchanges({
    counters,
    timings,
    replies,
    deadlineUs: 100,
    holdAtUs: 1_000,
    holdEndUs: 2_000,
    tell: ({ kind, about }) => told.push(`${kind} ${about ?? ''}`.trimEnd()),
  });
  const slot: Slot = { client: 0, dueUs: 1_000, sequence: 0, asked: undefined };
  const timed = (name: 'ack' | 'service' | 'sendDelay') => {
    foldTimings(timings);
    return distributionOf(timings[name].total)?.maxUs;
  };
  return { counters, replies, told, exchanges, slot, timed };
}

const good = { status: 200, sizeBytes: 9 };

test('a reply is timed from due and from sent, and its slot is due again', () => {
  const { counters, replies, exchanges, slot, timed } = open();
  exchanges.sent(slot, 1_010, 7);
  exchanges.replied(slot, 1_050, good);
  expect(counters).toMatchObject({ intended: 1, sent: 1, expected: 1, delivered: 1, sentBytes: 7, receivedBytes: 9 });
  expect([timed('sendDelay'), timed('ack'), timed('service')]).toEqual([10, 50, 40]);
  expect(replies.statuses).toEqual({ 200: 1 });
  expect([slot.dueUs, slot.asked]).toEqual([1_050, undefined]);
});

test('what is due before hold or after it does not count', () => {
  const { counters, exchanges, slot } = open();
  for (const dueUs of [999, 2_000]) {
    slot.dueUs = dueUs;
    exchanges.sent(slot, 1_500, 7);
    exchanges.replied(slot, 1_600, good);
  }
  expect(counters).toEqual(createCounters());
});

test('each way not to be answered has a count of its own, and is lost', () => {
  const { counters, replies, told, exchanges, slot } = open();
  const ask = () => exchanges.sent(slot, slot.dueUs, 7);
  ask();
  exchanges.replied(slot, 1_001, { status: 503, sizeBytes: 9 });
  ask();
  exchanges.replied(slot, 1_002, { ...good, wrong: 'the reply is error' });
  ask();
  exchanges.unanswered(slot, 1_003);
  ask();
  exchanges.unanswered(slot, 1_103);
  expect(replies).toEqual({ statuses: { 200: 1, 503: 1 }, refused: 1, wrong: 1, ended: 1, timedOut: 1 });
  expect([counters.lost, counters.incomplete, counters.delivered]).toEqual([4, 4, 0]);
  expect(told).toEqual([
    'lost answered with status 503',
    'lost the reply is error',
    'lost the connection ended without a reply',
    'lost no reply in time',
  ]);
});

test('a reply after the deadline is late; one that breaks its schema is invalid, and a reply', () => {
  const { counters, told, exchanges, slot } = open();
  exchanges.sent(slot, 1_000, 7);
  exchanges.replied(slot, 1_101, { ...good, invalid: '/id: expected a number' });
  expect([counters.late, counters.delivered, counters.invalid, counters.sampled]).toEqual([1, 0, 1, 1]);
  expect(told).toEqual(['invalid /id: expected a number', 'late']);
});

test('what could not be sent failed, and what was cut short is unverified', () => {
  const { counters, exchanges, slot } = open();
  exchanges.sent(slot, 1_000, 7);
  exchanges.failed(slot, 1_001);
  exchanges.sent(slot, 1_001, 7);
  exchanges.unverified(slot);
  exchanges.unanswered(slot, 1_500);
  expect(counters).toMatchObject({ intended: 2, sent: 1, failed: 1, expected: 1, unverified: 1, lost: 0 });
});

test('the replies of several workers are added', () => {
  const sum = { ...createReplies(), statuses: { 200: 1 } };
  addReplies(sum, { statuses: { 200: 2, 500: 3 }, refused: 3, wrong: 1, ended: 4, timedOut: 5 });
  expect(sum).toEqual({ statuses: { 200: 3, 500: 3 }, refused: 3, wrong: 1, ended: 4, timedOut: 5 });
});

import { expect, test } from 'vitest';
import type { Floor } from '../calibration/floor.ts';
import { healthyRig, measuredOf } from './testing/measured.ts';
import { readThreshold } from './threshold.ts';
import { judgeLoad, withImplied } from './verdict.ts';

const thresholds = ['lost == 0', 'order.reordered == 0', 'delivery.p50 < 10 ms'].map(readThreshold);
const sent = { intended: 100, sent: 100, expected: 100, delivered: 100 };
const fast = { delivery: new Array<number>(100).fill(2_000) };
const slow = { delivery: new Array<number>(100).fill(20_000) };
const lossy = { ...sent, delivered: 99, lost: 1 };
const busyRig = { ...healthyRig, runQueueShare: 0.4 };

test.each([
  ['everything holds', measuredOf(sent, fast), healthyRig, 'pass', []],
  ['a time is missed', measuredOf(sent, slow), healthyRig, 'fail', ['delivery.p50 < 10 ms: 20 ms']],
  ['a message is lost', measuredOf(lossy, fast), healthyRig, 'fail', ['lost == 0: 1']],
  [
    'a message came behind a later one',
    measuredOf({ ...sent, reordered: 1 }, fast),
    healthyRig,
    'fail',
    ['order.reordered == 0: 1'],
  ],
  [
    'a message came behind a later one on a busy machine',
    measuredOf({ ...sent, reordered: 1 }, fast),
    busyRig,
    'inconclusive',
    ['for 40 % of the time a processor had to be waited for: something else runs here'],
  ],
  [
    'the event loop stood still',
    measuredOf(sent, slow),
    { ...healthyRig, loopDelayP99Us: 60_000 },
    'inconclusive',
    ['the event loop stood still for 60 ms at p99'],
  ],
  [
    'nobody can say how long a processor was waited for',
    measuredOf(sent, fast),
    { ...healthyRig, runQueueShare: undefined },
    'pass',
    [],
  ],
  [
    'a time is missed on a busy machine',
    measuredOf(sent, slow),
    busyRig,
    'inconclusive',
    ['for 40 % of the time a processor had to be waited for: something else runs here'],
  ],
  [
    'a message is lost on a busy machine',
    measuredOf(lossy, fast),
    busyRig,
    'inconclusive',
    ['for 40 % of the time a processor had to be waited for: something else runs here'],
  ],
  [
    'everything holds on a busy machine',
    measuredOf(sent, fast),
    busyRig,
    'inconclusive',
    ['for 40 % of the time a processor had to be waited for: something else runs here'],
  ],
  [
    'the schedule was not kept',
    measuredOf(sent, { ...fast, sendDelay: new Array<number>(100).fill(12_000) }),
    healthyRig,
    'inconclusive',
    ['messages left 12 ms late at p99: this machine did not keep the schedule'],
  ],
  [
    'messages were never sent',
    measuredOf({ ...sent, intended: 110, underrun: 10 }, fast),
    healthyRig,
    'inconclusive',
    ['10 of 110 messages were never sent: this machine was behind'],
  ],
  [
    'the target read too slowly',
    measuredOf({ ...sent, intended: 110, saturated: 10 }, fast),
    healthyRig,
    'fail',
    ['10 of 110 messages could not be written: the target read too slowly'],
  ],
  [
    'somebody was still joining again at the end',
    measuredOf({ ...sent, stillJoining: 2 }, fast),
    healthyRig,
    'inconclusive',
    ['2 users were made to reconnect and were still joining when the load was over'],
  ],
  [
    'a message in a thousand could not be written',
    measuredOf({ ...sent, intended: 1_000, saturated: 1 }, fast),
    healthyRig,
    'pass',
    [],
  ],
  [
    'connections were ended by the target, even on a busy machine',
    measuredOf({ ...sent, cutOff: 3 }, fast),
    busyRig,
    'fail',
    ['the target ended 3 connections'],
  ],
  ['nothing was sent', measuredOf({}), healthyRig, 'inconclusive', ['nothing was sent']],
] as const)('%s', (_, measured, rig, verdict, reasons) => {
  const judged = judgeLoad(thresholds, { ...measured, rigs: [rig] });
  expect([judged.verdict, judged.reasons]).toEqual([verdict, reasons]);
});

test('a time that this machine cannot meet by itself says nothing of the target', () => {
  const timing = {
    count: 1_000,
    minUs: 1,
    meanUs: 1,
    p50Us: 12_000,
    p90Us: 1,
    p95Us: 1,
    p99Us: 1,
    p999Us: 1,
    maxUs: 1,
  };
  const floor = {
    measured: true,
    messages: 1_000,
    reasons: [],
    timings: { delivery: { ...timing, hdr: '' } },
  } as unknown as Floor;
  expect(judgeLoad(thresholds, measuredOf(sent, slow), floor)).toMatchObject({
    verdict: 'inconclusive',
    reasons: ['delivery.p50 < 10 ms: 20 ms; a bare server on this machine has 12 ms'],
  });
  // What was lost was lost by the target.
  expect(judgeLoad(thresholds, measuredOf(lossy, slow), floor).verdict).toBe('fail');
  const quicker = { ...floor, timings: { delivery: { ...timing, p50Us: 9_000, hdr: '' } } } as unknown as Floor;
  const busy = { ...floor, reasons: ['this machine was behind'] } as unknown as Floor;
  expect(judgeLoad(thresholds, measuredOf(sent, slow), busy).verdict).toBe('fail');
  // Too few messages for its median.
  expect(judgeLoad(thresholds, measuredOf(sent, slow), { ...floor, messages: 19 } as Floor).verdict).toBe('fail');
  expect(judgeLoad(thresholds, measuredOf(sent, slow), quicker).verdict).toBe('fail');
  expect(judgeLoad(thresholds, measuredOf(sent, fast), floor).verdict).toBe('pass');
});

test('a time from due that this tool alone has missed says nothing of the target', () => {
  const behind = { ...slow, service: slow.delivery, sendDelay: new Array<number>(100).fill(9_000) };
  const judged = (text: string, timed: Parameters<typeof measuredOf>[1]) =>
    judgeLoad([readThreshold(text)], measuredOf(sent, timed));
  expect(judged('delivery.p50 < 8 ms', behind)).toMatchObject({
    verdict: 'inconclusive',
    reasons: ['delivery.p50 < 8 ms: 20 ms; this tool itself sent 9.01 ms late'],
  });
  // It missed by more than that.
  expect(judged('delivery.p50 < 10 ms', behind).verdict).toBe('fail');
  // Counts from the write.
  expect(judged('service.p50 < 8 ms', behind).verdict).toBe('fail');
  expect(judged('delivery.p50 < 30 ms', behind).verdict).toBe('pass');
});

test('what was lost comes before what cannot be said, and that before a time that is missed', () => {
  const p99 = readThreshold('delivery.p99 < 10 ms');
  expect(judgeLoad([p99, ...thresholds], measuredOf(lossy, fast)).verdict).toBe('fail');
  expect(judgeLoad([p99, thresholds[0]!], measuredOf(sent, slow)).verdict).toBe('inconclusive');
  // One worker of several is enough.
  const measured = measuredOf(lossy, fast);
  expect(judgeLoad(thresholds, { ...measured, rigs: [healthyRig, busyRig] }).verdict).toBe('inconclusive');
});

test('too few messages for a percentile are inconclusive, unless something else fails', () => {
  const p99 = [readThreshold('delivery.p99 < 10 ms')];
  expect(judgeLoad(p99, measuredOf(sent, fast))).toMatchObject({
    verdict: 'inconclusive',
    reasons: ['delivery.p99 < 10 ms: 100 messages are too few: ten must lie beyond p99'],
  });
  expect(judgeLoad([...p99, ...thresholds], measuredOf(sent, slow)).verdict).toBe('fail');
});

test('a size is told in megabytes', () => {
  const memory = [readThreshold('target.memory < 50 MB')];
  expect(judgeLoad(memory, measuredOf(sent, fast)).reasons).toEqual(['target.memory < 50 MB: 60 MB']);
});

test('a target may read too slowly only in so many words', () => {
  const measured = measuredOf({ ...sent, intended: 110, saturated: 10 }, fast);
  expect(judgeLoad([...thresholds, readThreshold('saturated < 20')], measured).verdict).toBe('pass');
  expect(judgeLoad([...thresholds, readThreshold('saturated < 10')], measured).verdict).toBe('fail');
});

test('loss is allowed only in so many words', () => {
  const texts = (...given: readonly string[]) => withImplied(given.map(readThreshold)).map(({ text }) => text);
  expect(texts('delivery.p99 < 1 s')).toEqual(['delivery.p99 < 1 s', 'lost == 0']);
  expect(texts('lost < 5')).toEqual(['lost < 5']);
  expect(texts('deliveryRatio > 99 %')).toEqual(['deliveryRatio > 99 %']);
});

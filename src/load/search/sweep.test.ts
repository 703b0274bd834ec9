import { expect, test } from 'vitest';
import { readSweep, settleSweep } from './sweep.ts';

const settled = (text: string) => settleSweep(readSweep(text), ['publisher', 'subscriber']);

test.each([
  [
    'subscribers=10,100',
    'subscriber',
    'users',
    [{ roleCounts: { subscriber: 10 } }, { roleCounts: { subscriber: 100 } }],
  ],
  ['publisher=1,2', 'publisher', 'users', [{ roleCounts: { publisher: 1 } }, { roleCounts: { publisher: 2 } }]],
  ['rate=50/s,12.5', 'rate', 'perSecond', [{ perSecond: 50 }, { perSecond: 12.5 }]],
  ['payload=40, 200 bytes', 'payload', 'bytes', [{ payloadBytes: 40 }, { payloadBytes: 200 }]],
])('reads %s', (text, over, unit, variations) => {
  const sweep = settled(text);
  expect([sweep.over, sweep.unit, sweep.points.map(({ variation }) => variation)]).toEqual([over, unit, variations]);
});

test('a role may be called as what can be swept without it', () => {
  expect(settleSweep(readSweep('rate=1,2'), ['rate']).unit).toBe('users');
});

test.each([
  ['subscribers', 'a name and several values, such as subscribers=10,100,1000; got subscribers.'],
  ['rate=50', 'a name and several values, such as subscribers=10,100,1000; got rate=50.'],
  ['rate=50,50', 'a name and several values, such as subscribers=10,100,1000; got rate=50,50.'],
  [
    'subscribrs=10,20',
    'rate, payload, or a role of the workload (publisher, subscriber); subscribrs is none: did you mean subscribers?',
  ],
  ['colour=1,2', 'rate, payload, or a role of the workload (publisher, subscriber); colour is none.'],
  ['rate=50,fast', 'rates such as 50/s, got fast.'],
  ['rate=50,0', 'rates such as 50/s, got 0.'],
  ['payload=10,1 kB', 'sizes such as 200 bytes, got 1 kB.'],
  ['subscribers=10,,20', 'users such as 100, got nothing between two commas.'],
  ['subscribers=10,1.5', 'users such as 100, got 1.5.'],
])('refuses %s', (text, message) => {
  expect(() => settled(text)).toThrow(`Expected after --sweep ${message}`);
});

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { ClientEvent } from '../evidence/events.ts';
import { createLanes } from './lanes.ts';

const written = (c: string, t: number, text: string): ClientEvent => ({
  event: 'written',
  x: 0,
  c,
  t,
  what: 'frame',
  n: 1,
  text,
});
const item = (c: string, t: number, about: Partial<ClientEvent>): ClientEvent =>
  ({ event: 'item', x: 0, c, t, ...about }) as ClientEvent;

describe('the lanes of a failure', () => {
  test('show what happened up to it, in time, then by client, whatever the order of the log', () => {
    const events = [
      written('bob', 2_000, 'b'),
      written('ada', 2_000, 'a'),
      item('ada', 1_000, { text: 'first' }),
      item('ada', 9_000, { text: 'later' }),
    ];
    const orders = [events, events.toReversed()];
    const shown = orders.map(order => {
      const lanes = createLanes();
      for (const event of order) lanes.add(event);
      return lanes.until(5_000, 1_000);
    });
    expect(shown[0]).toEqual([
      { atMs: 0, client: 'ada', mark: 'received', text: 'first' },
      { atMs: 1, client: 'ada', mark: 'sent', text: 'a' },
      { atMs: 1, client: 'bob', mark: 'sent', text: 'b' },
    ]);
    expect(shown[1]).toEqual(shown[0]);
  });

  test('name what is no text', () => {
    const lanes = createLanes();
    lanes.add({ event: 'opened', x: 0, c: 'ada', t: 1, address: '127.0.0.1:1' });
    lanes.add(item('ada', 2, { base64: Buffer.from([0xff, 0x00]).toString('base64') }));
    lanes.add(item('ada', 3, { bytes: 2_000_000, oversize: { digest: 'sha256:0', head: 'aaaa' } }));
    lanes.add(item('ada', 4, { text: 'hello', http: { status: 401, headers: {} } }));
    lanes.add({
      event: 'written',
      x: 0,
      c: 'ada',
      t: 5,
      what: 'http',
      n: 1,
      http: { method: 'GET', path: '/a', headers: {} },
    });
    lanes.add({
      event: 'written',
      x: 0,
      c: 'ada',
      t: 6,
      what: 'frame',
      n: 1,
      text: 'x',
      failed: 'the connection is closed',
    });
    lanes.add({ event: 'closed', x: 0, c: 'ada', t: 7, code: 1006, by: 'target', error: 'ECONNRESET' });
    expect(lanes.until(10, 0).map(({ mark, text }) => `${mark} ${text}`)).toEqual([
      'opened 127.0.0.1:1',
      'received bytes ff00',
      'received 2000000 bytes: aaaa',
      'received HTTP 401 hello',
      'sent GET /a',
      'sent not written: the connection is closed',
      'closed 1006 ECONNRESET',
    ]);
  });

  test('show the beginning of what is long, as of what is not, unit by unit', () => {
    const pair = '\u{1f600}';
    const long = `é${pair.repeat(2_000)}`;
    const lanes = createLanes();
    lanes.add(item('ada', 1, { text: long.slice(0, 900) }));
    lanes.add(item('ada', 2, { text: long }));
    lanes.add(written('ada', 3, long));
    lanes.add(item('ada', 4, { base64: Buffer.alloc(90_000, 0xff).toString('base64') }));
    const shown = lanes.until(10, 0).map(({ text }) => text);
    expect(shown).toEqual([...Array(3).fill(long.slice(0, 400)), `bytes ${'ff'.repeat(64)}`]);
  });

  test.each<[string, (k: number) => Partial<ClientEvent>]>([
    ['texts', k => ({ text: `${k}${'x'.repeat(250_000)}` })],
    ['bytes', k => ({ base64: `${k}${'A'.repeat(250_000)}` })],
    ['headers', k => ({ text: '', http: { status: 200, headers: { 'x-long': `${k}${'x'.repeat(250_000)}` } } })],
  ])('keep little of a flood of long %s', (_, about) => {
    const lanes = createLanes();
    const beforeBytes = usedBytes();
    // As a log gives them: each event is a value of its own. 50 MB in all.
    for (let k = 0; k < 200; k++) lanes.add(JSON.parse(JSON.stringify(item('ada', k, about(k)))) as ClientEvent);
    expect(usedBytes() - beforeBytes).toBeLessThan(5e6);
    expect(lanes.until(5_000, 0)).toHaveLength(16);
  });
});

/** What is held, without what only waits to be collected. */
function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

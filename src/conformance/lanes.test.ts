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
});

import { expect, it } from 'vitest';
import type { Link } from './link.ts';
import type { ToWorker } from './worker-messages.ts';
import { createWorkerSockets } from './worker-sockets.ts';

it('tells each worker of its own connections only, and a text once', () => {
  const told: string[] = [];
  const links = ['even', 'odd'].map(name => {
    const tell = (head: ToWorker, bytes?: Uint8Array) =>
      told.push(`${name} ${JSON.stringify(head)} ${Buffer.from(bytes ?? [])}`.trimEnd());
    return { tell } as Partial<Link<ToWorker>> as Link<ToWorker>;
  });
  const sockets = createWorkerSockets(links);
  sockets.send([2, 3, 4, 4], 'hello');
  sockets.send([5], 'ü');
  sockets.close(2, 1000, 'bye');
  sockets.cut(3);
  expect(told).toEqual([
    'even {"kind":"send","to":[2,4,4]} hello',
    'odd {"kind":"send","to":[3]} hello',
    'odd {"kind":"send","to":[5]} ü',
    'even {"kind":"close","connection":2,"code":1000,"reason":"bye"}',
    'odd {"kind":"cut","connection":3}',
  ]);
});

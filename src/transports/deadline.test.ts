import { connect, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { listen } from '../../test/integration/transports/recorded-connection.ts';
import { startDeadline } from './deadline.ts';

/** The process stands still: no event is handled meanwhile. */
function standStill(durationMs: number): void {
  const begin = performance.now();
  while (performance.now() < begin + durationMs);
}

it('what arrived while the process stood still comes before the deadline', async () => {
  const order: string[] = [];
  const due = new Promise<void>(resolve => {
    const server = createServer(accepted => {
      accepted.end('x');
      startDeadline(1, () => {
        order.push('due');
        resolve();
      });
      standStill(20);
    });
    void listen(server).then(port => {
      const client = connect(port, '127.0.0.1').on('data', () => order.push('data'));
      onTestFinished(() => void client.destroy());
    });
  });
  await due;
  expect(order).toEqual(['data', 'due']);
});

it('a deadline grows by the lag of this process, and by no more', async () => {
  const asked: number[] = [];
  // Of the times it is asked: at the begin, when the time is up, when the extension is up.
  const lagUs = () => [1_000, 31_000, 31_000][asked.push(0) - 1]!;
  const beganAt = performance.now();
  await new Promise<void>(resolve => void startDeadline(5, resolve, lagUs));
  expect(performance.now() - beganAt).toBeGreaterThanOrEqual(34);
  expect(asked).toHaveLength(3);
});

it('a process that does nothing but lag is not waited for without end', async () => {
  let asked = 0;
  await new Promise<void>(resolve => void startDeadline(1, resolve, () => 1_000 * asked++));
  expect(asked).toBe(6);
});

it('a cancelled deadline is never due, also when its time was up', async () => {
  const late = startDeadline(1, () => expect.unreachable());
  const early = startDeadline(1, () => expect.unreachable());
  early.cancel();
  await new Promise<void>(resolve => {
    setTimeout(() => {
      late.cancel();
      setImmediate(resolve);
    }, 1);
    // Both timers run out before any of them can be handled.
    standStill(10);
  });
});

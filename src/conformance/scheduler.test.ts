import { describe, expect, test } from 'vitest';
import { runScheduled, type SchedulerOptions, startOrder } from './scheduler.ts';
import { executionOf } from './testing.ts';

/** Runs executions that end when the test says so; tells how many ran at once. */
async function play(
  clientCounts: readonly number[],
  options: Partial<SchedulerOptions> & { readonly exclusive?: readonly number[] },
) {
  const executions = clientCounts.map((clients, x) =>
    executionOf(x, { clients, exclusive: options.exclusive?.includes(x) ?? false }),
  );
  const order: string[] = [];
  const running = new Set<number>();
  let most = 0;
  let mostConnections = 0;
  await runScheduled(executions, {
    jobs: 16,
    connections: Number.POSITIVE_INFINITY,
    stopped: () => false,
    acquire: execution => ({
      async run() {
        running.add(execution.x);
        order.push(`+${execution.x}`);
        most = Math.max(most, running.size);
        mostConnections = Math.max(
          mostConnections,
          [...running].reduce((sum, x) => sum + clientCounts[x]!, 0),
        );
        await Promise.resolve();
        await Promise.resolve();
      },
      release() {
        running.delete(execution.x);
        order.push(`-${execution.x}`);
      },
    }),
    ...options,
  });
  return { order: order.join(' '), most, mostConnections };
}

describe('the scheduler', () => {
  test('runs as many at once as there are jobs, in order', async () => {
    expect(await play([1, 1, 1, 1, 1], { jobs: 2 })).toMatchObject({ most: 2 });
    expect((await play([1, 1, 1], { jobs: 1 })).order).toBe('+0 -0 +1 -1 +2 -2');
  });

  test('never opens more connections than the target takes', async () => {
    expect(await play([5, 8, 9, 3, 12, 20, 1], { connections: 20 })).toMatchObject({ mostConnections: 20 });
  });

  test('an exclusive one runs alone, and those behind it wait', async () => {
    expect((await play([1, 1, 1, 1], { exclusive: [2] })).order).toBe('+0 +1 -0 -1 +2 -2 +3 -3');
  });

  test('one that needs more than there is still runs, alone', async () => {
    expect((await play([1, 30, 1], { connections: 20 })).order).toBe('+0 -0 +1 -1 +2 -2');
  });

  test('waits for what is leased, and begins nothing once stopped', async () => {
    let free = 1;
    let begun = 0;
    await runScheduled(
      [0, 1, 2].map(x => executionOf(x, {})),
      {
        jobs: 16,
        connections: 100,
        stopped: () => begun >= 2,
        acquire() {
          if (free === 0) return undefined;
          free--;
          begun++;
          return { run: () => Promise.resolve(), release: () => void free++ };
        },
      },
    );
    expect(begun).toBe(2);
  });

  test('an error ends the run once what runs has ended', async () => {
    const ended: number[] = [];
    const running = runScheduled(
      [0, 1, 2, 3].map(x => executionOf(x, {})),
      {
        jobs: 2,
        connections: 100,
        stopped: () => false,
        acquire: ({ x }) => ({
          run: () => (x === 0 ? Promise.reject(new Error('broken')) : Promise.resolve()),
          release: () => void ended.push(x),
        }),
      },
    );
    await expect(running).rejects.toThrow('broken');
    expect(ended).toEqual([0, 1]);
  });
});

test('what takes long begins first, what runs alone last, and all else as it is', () => {
  const executions = [
    executionOf(0, { exclusive: true, tags: ['slow'] }),
    executionOf(1, {}),
    executionOf(2, { tags: ['quick', 'slow'] }),
    executionOf(3, {}),
    executionOf(4, { tags: ['slow'] }),
    executionOf(5, { exclusive: true }),
  ];
  expect(startOrder(executions).map(({ x }) => x)).toEqual([2, 4, 1, 3, 0, 5]);
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { antiphon, temporaryFolder } from '../cli/antiphon.ts';
import { runShout, shoutPack } from './run-shout.ts';
import { honest, startShout } from './shout-server.ts';

test('a target that accepts more slowly than connections are asked for: no more wait at once than may, and everybody joins', async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  /** Connections come one in a turn of the loop; they are let in one in four. */
  const letOneIn = (turns = 4) => {
    if (turns > 0) return void setImmediate(letOneIn, turns - 1);
    waiting.shift()?.();
    if (waiting.length > 0) letOneIn();
  };
  const { verdict, connections, openedInUs, connectedInUs, counters } = await runShout(
    'full-rooms',
    honest,
    {},
    {
      enter: () => true,
      admit(letIn) {
        waiting.push(letIn);
        most = Math.max(most, waiting.length);
        if (waiting.length === 1) letOneIn();
      },
    },
  );
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(64);
  expect(connections).toBe(202);
  expect(openedInUs).toBeGreaterThan(0);
  expect(openedInUs).toBeLessThan(connectedInUs);
  expect(counters).toMatchObject({ intended: 10, expected: counters.sent * 100, lost: 0, duplicate: 0, cutOff: 0 });
  expect(verdict).not.toBe('fail');
});

test('when the last one cannot join, those who have are not kept: the command ends', async () => {
  let entered = 0;
  const { url, stop } = await startShout(honest, { enter: () => ++entered < 8 });
  const reports = join(await temporaryFolder(), 'reports');
  const workload = join(shoutPack, 'workloads/liars.yaml');
  const { code, stdout } = await antiphon(['load', workload, '--target', url, '--reports', reports, '--quiet']);
  stop();
  expect(code).toBe(1);
  expect(stdout).toContain('could not join');
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { watchMachine } from './machine.ts';

const isLinux = process.platform === 'linux';

test('what the target uses is told apart from what we use', async () => {
  const busy =
    'const until = Date.now() + 300; while (Date.now() < until); console.log("done"); setInterval(() => {}, 1e6)';
  const target = spawn(process.execPath, ['-e', busy]);
  onTestFinished(() => void target.kill('SIGKILL'));
  const machine = watchMachine(() => [target.pid!]);
  machine.begin();
  await once(target.stdout, 'data');
  machine.end();
  const report = machine.report()!;
  expect(report.ownCpuShare).toBeGreaterThan(0);
  expect(report.target !== undefined).toBe(isLinux);
  expect(report.othersCpuShare !== undefined).toBe(isLinux);
  if (isLinux) expect(report.target!.cpuShare).toBeGreaterThan(0);
  // The first end counts.
  machine.end();
  expect(machine.report()).toBe(report);
});

test('a target that was not ours to start, and a hold that never began', () => {
  const machine = watchMachine(() => []);
  expect(machine.report()).toBeUndefined();
  machine.begin();
  expect(machine.report()).toMatchObject({ target: undefined });
});

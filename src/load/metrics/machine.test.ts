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

test('a process that has ended since hold was over counts for as long as it was there', async () => {
  const target = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
  const gone = once(target, 'exit');
  await once(target, 'spawn');
  const machine = watchMachine(() => [target.pid!]);
  machine.prepare();
  machine.begin();
  machine.end();
  target.kill('SIGKILL');
  await gone;
  expect((machine.report()!.target?.memoryBytes ?? 0) > 0).toBe(isLinux);
});

test('a target that was not ours to start, and a hold that never began', () => {
  const machine = watchMachine(() => []);
  expect(machine.report()).toBeUndefined();
  machine.begin();
  expect(machine.report()).toMatchObject({ target: undefined });
});

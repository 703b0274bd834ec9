import { expect, test } from 'vitest';
import { cpuShareOf, memoryOf, type Processes, parseStat, readProcesses, treeOf, useOf } from './processes.ts';

// Nobody can say anything without /proc, and that is what the functions say then.
const isLinux = process.platform === 'linux';

test('a line of /proc/<pid>/stat, whatever the program is called', () => {
  const behind = 'S 41 7 7 0 -1 4194304 9 0 0 0 150 30 0 0 20 0 11 0 100 1000 200';
  for (const name of ['node', 'a b', 'x) S 1 (y', ')'])
    expect(parseStat(`77 (${name}) ${behind}`)).toEqual({ parentId: 41, cpuMs: 1_800 });
  expect(parseStat('')).toBeUndefined();
  expect(parseStat('77 (node) S')).toBeUndefined();
});

const processes: Processes = new Map(
  [
    [1, 0, 500],
    [10, 1, 100],
    [11, 10, 40],
    [12, 11, 60],
    [20, 1, 900],
  ].map(([id, parentId, cpuMs]) => [id!, { parentId: parentId!, cpuMs: cpuMs! }]),
);

test('a process with all that it has started', () => {
  expect([...treeOf(processes, [10])]).toEqual([10, 11, 12]);
  expect([...treeOf(processes, [11, 20])]).toEqual([11, 20, 12]);
  // Gone, or never there.
  expect([...treeOf(processes, [99])]).toEqual([99]);
});

test('what was used between two readings: of new ones all, of those that ended nothing', () => {
  const now: Processes = new Map([
    [10, { parentId: 1, cpuMs: 350 }],
    [13, { parentId: 10, cpuMs: 50 }],
  ]);
  expect(cpuShareOf([10, 11, 13], processes, now, 1_000)).toBeCloseTo(0.3);
});

test('this process is among all, and has memory', () => {
  const all = readProcesses();
  expect(all?.has(process.pid) ?? false).toBe(isLinux);
  expect(useOf([process.pid]).size).toBe(isLinux ? 1 : 0);
  expect((memoryOf([process.pid]).get(process.pid) ?? 0) > 1_000_000).toBe(isLinux);
  expect(memoryOf([]).size).toBe(0);
});

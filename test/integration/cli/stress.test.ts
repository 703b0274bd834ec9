import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it, onTestFinished } from 'vitest';
import type { Results } from '../../../src/evidence/results.ts';
import type { Stability } from '../../../src/evidence/stability.ts';
import { antiphon, echoPack, startAntiphon, temporaryFolder } from './antiphon.ts';

type Answer = (line: string) => string;

/** Answers the k-th `hello`, from 1, as `of` says; everything else with itself. `undefined`: not at all. */
async function startServer(of: (k: number) => Answer | undefined, spokenTo: (k: number) => void = () => {}) {
  const sockets = new Set<Socket>();
  let hellos = 0;
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.setEncoding('utf8').on('data', (text: string) => {
      if (!text.includes('hello')) return socket.write(text);
      hellos++;
      spokenTo(hellos);
      const answer = of(hellos);
      if (answer) socket.write(answer(text));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const echo: Answer = line => line;
const alter: Answer = line => line.replaceAll('hello', 'goodbye');

const isStability = new Ajv2020().compile(
  JSON.parse(readFileSync(new URL('../../../schemas/stability.schema.json', import.meta.url), 'utf8')),
);

async function readStability(cwd: string): Promise<{ readonly folder: string; readonly stability: Stability }> {
  const [name] = await readdir(join(cwd, 'reports'));
  const folder = join(cwd, 'reports', name!);
  const stability = JSON.parse(await readFile(join(folder, 'stability.json'), 'utf8'));
  expect(isStability(stability), JSON.stringify(isStability.errors)).toBe(true);
  return { folder, stability };
}

const argsFor = (url: string, ...more: string[]) => [
  ...['test', echoPack, '--target', url, '--filter', 'same', '--seed', 's', '--stress'],
  ...more,
];

it('tells that rounds agree, and keeps none of them', async () => {
  const cwd = await temporaryFolder();
  const url = await startServer(() => echo);
  const { code, stdout, stderr } = await antiphon(argsFor(url, '--repeat', '3', '--shuffle'), { cwd });
  expect(stdout).toMatch(
    /^echo-pack: STABLE, 3 rounds with \d+ busy threads, \d checks the same in each \(pass \d\); reports: reports\/\S+-echo-pack-stability\n$/,
  );
  expect(stderr).toContain('round 3 of 3: PASSED, 1 of 1 execution passed\n');
  const { folder, stability } = await readStability(cwd);
  expect(stability).toMatchObject({ rounds: { asked: 3, done: 3 }, differing: [], odd: [] });
  expect(await readdir(join(folder, 'rounds'))).toEqual([]);
  expect(code).toBe(0);
});

it('tells what differs, and keeps the round that was odd with its seed', async () => {
  const cwd = await temporaryFolder();
  const url = await startServer(k => (k === 2 ? alter : echo));
  const { code, stdout } = await antiphon(argsFor(url, '--repeat', '4', '--timeout', '300ms', '--quiet'), { cwd });
  expect(stdout).toContain('echo-pack: UNSTABLE, 4 rounds with ');
  const { folder, stability } = await readStability(cwd);
  expect(stability.differing).toContainEqual({
    execution: 'echo-pack/same',
    check: 'echo.same',
    level: 'must',
    verdicts: { pass: 3, fail: 1 },
    usual: 'pass',
    oddRounds: [2],
  });
  const [odd, ...others] = stability.odd;
  expect([odd!.round, odd!.seed, odd!.verdict, others]).toEqual([2, 's-2', 'fail', []]);
  expect(await readdir(join(folder, 'rounds'))).toHaveLength(1);
  const results: Results = JSON.parse(await readFile(join(folder, odd!.run!, 'results.json'), 'utf8'));
  expect([results.seed, results.verdict]).toEqual(['s-2', 'fail']);
  expect(code).toBe(1);
});

it('fails where all rounds agree that something is wrong', async () => {
  const cwd = await temporaryFolder();
  const url = await startServer(() => alter);
  const { code, stdout } = await antiphon(argsFor(url, '--repeat', '2', '--timeout', '300ms'), { cwd });
  expect(stdout).toContain('echo-pack: STABLE, 2 rounds');
  expect(code).toBe(1);
});

it('reports what was done when it is interrupted', async () => {
  const cwd = await temporaryFolder();
  let reached = () => {};
  const second = new Promise<void>(resolve => {
    reached = resolve;
  });
  const url = await startServer(
    k => (k === 1 ? echo : undefined),
    k => k === 2 && reached(),
  );
  const running = startAntiphon(argsFor(url, '--repeat', '5', '--timeout', '60s'), { cwd });
  await second;
  running.process.kill('SIGINT');
  const { code, stdout } = await running.ended;
  expect(stdout).toContain('echo-pack: STABLE, 1 of 5 rounds with ');
  const { folder, stability } = await readStability(cwd);
  expect(stability.rounds).toEqual({ asked: 5, done: 1 });
  expect(await readdir(join(folder, 'rounds'))).toEqual([]);
  expect(code).toBe(130);
});

it('is no use to a reporter', async () => {
  const cwd = await temporaryFolder();
  const { code, stderr } = await antiphon(argsFor('tcp://127.0.0.1:1', '--reporter', 'json'), { cwd });
  expect(stderr).toMatch(/^error: Expected --reporter or --stress, got both: /);
  expect(existsSync(join(cwd, 'reports'))).toBe(false);
  expect(code).toBe(2);
});

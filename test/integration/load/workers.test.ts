import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LoadResults } from '../../../src/load/load-results.ts';
import { type Running, startAntiphon, temporaryFolder } from '../cli/antiphon.ts';
import { runShout, shoutPack } from './run-shout.ts';
import { startShout } from './shout-server.ts';

/** The processes that a process has started. */
function childrenOf({ process: { pid } }: Running): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

async function untilGone(ids: readonly number[]): Promise<void> {
  const isThere = (id: number) => {
    try {
      return process.kill(id, 0);
    } catch {
      return false;
    }
  };
  while (ids.some(isThere)) await new Promise(resolve => setTimeout(resolve, 10));
}

/** A load of a minute in two workers, from the moment at which it says this. */
async function startLoad(place: string, moment: RegExp, workload = 'lost') {
  const { url, stop } = await startShout();
  const reports = join(await temporaryFolder(), 'reports');
  const file = join(shoutPack, 'workloads', `${workload}.yaml`);
  const args = [
    'load',
    file,
    '--target',
    url,
    '--reports',
    reports,
    '--workers',
    '2',
    '--workers-in',
    place,
    '--no-calibrate',
  ];
  const running = startAntiphon(args);
  await new Promise<void>(resolve => {
    running.process.stderr!.on('data', text => {
      if (moment.test(String(text))) resolve();
    });
  });
  const ended = running.ended.then(ended => {
    stop();
    const [folder] = readdirSync(reports);
    const read = (name: string) => readFileSync(join(reports, folder!, name), 'utf8');
    return { ...ended, results: () => JSON.parse(read('results.json')) as LoadResults, events: read('events.jsonl') };
  });
  return { running, ended };
}

test('a worker that is killed leaves the load incomplete: what the other has measured is reported, with exit code 4', async () => {
  const { running, ended } = await startLoad('processes', /published/);
  const workers = childrenOf(running);
  expect(workers.length).toBe(2);
  process.kill(workers[0]!, 'SIGKILL');
  const { code, stdout, results, events } = await ended;
  expect(code).toBe(4);
  expect(results()).toMatchObject({ ended: 'worker-gone', verdict: 'inconclusive' });
  expect(results().reasons[0]).toMatch(/^worker [12] of 2 is gone: its process \d+ ended by the signal SIGKILL$/);
  expect(results().counters.sent).toBeGreaterThan(0);
  expect(stdout).toContain('is gone: its process');
  expect(events).toContain('"event":"worker-gone"');
  await untilGone(workers);
});

test('a worker that is killed while users join', async () => {
  const { running, ended } = await startLoad('processes', /join/, 'slow-join');
  process.kill(childrenOf(running)[1]!, 'SIGKILL');
  const { code, results } = await ended;
  expect(code).toBe(4);
  expect(results()).toMatchObject({ ended: 'worker-gone', counters: { intended: 0 } });
});

test('workers end with the process that started them', async () => {
  const { running, ended } = await startLoad('processes', /published/);
  const workers = childrenOf(running);
  running.process.kill('SIGKILL');
  await ended;
  await untilGone(workers);
});

test.each([
  ['threads', 'join', /join/, 'slow-join'],
  ['threads', 'hold', /published/, 'lost'],
  ['processes', 'join', /join/, 'slow-join'],
  ['processes', 'warm-up', /warm-up/, 'warm'],
  ['processes', 'hold', /published/, 'lost'],
  ['processes', 'drain', /drain/, 'draining'],
])('an interruption of workers in %s during %s: reported, 130, and nobody left', async (place, _, moment, workload) => {
  const { running, ended } = await startLoad(place, moment, workload);
  const workers = childrenOf(running);
  // As a terminal does, to all of them.
  for (const id of [running.process.pid!, ...workers]) process.kill(id, 'SIGINT');
  const { code, results } = await ended;
  expect(code).toBe(130);
  expect(results().ended).toBe('interrupted');
  await untilGone(workers);
});

test('more connections than a process may open: told before anything is, and what to do', async () => {
  await expect(runShout('crowd', undefined, {})).rejects.toMatchObject({
    code: 'too-few-descriptors',
    faultOf: 'usage',
    message: expect.stringMatching(
      /this would make 10000000\. Take --workers \d+ --workers-in processes, or raise the limit/,
    ),
  });
});

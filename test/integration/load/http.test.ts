import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openUrlTarget } from '../../../src/conformance/target/open-target.ts';
import { runLoad } from '../../../src/load/engine/run-load.ts';
import type { LoadResults } from '../../../src/load/load-results.ts';
import { finalTable } from '../../../src/load/report/final-table.ts';
import { loadSuite } from '../../../src/suites/load-suite.ts';
import { type Question, startAsk } from './ask-server.ts';

const askPack = fileURLToPath(new URL('ask', import.meta.url));

async function runAsk(manner: (question: Question) => void, workload = 'ask'): Promise<LoadResults> {
  const suite = await loadSuite(askPack);
  const nothing = { limits: {}, timers: {}, values: {}, profile: undefined };
  const folder = await mkdtemp(join(tmpdir(), 'antiphon-load-'));
  const { url, stop } = await startAsk(manner);
  try {
    const { results } = await runLoad({
      suite,
      workload: `ask/workloads/${workload}.yaml`,
      target: openUrlTarget({ pack: suite.packFor(nothing), url, accountMode: 'token' }),
      reportsFolder: folder,
      name: workload,
      tool: 'antiphon test',
      seed: 'ask',
      workers: 1,
      patienceUs: 30_000_000,
      signal: new AbortController().signal,
    });
    return results;
  } finally {
    stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whatever was asked in hold has become one of these, and no request counts twice. */
function expectSums({ counters, replies, timings, joinFailures }: LoadResults): void {
  const { intended, sent, failed, expected, delivered, late, lost, unverified } = counters;
  expect(joinFailures).toEqual([]);
  const { statuses, refused, wrong, ended, timedOut } = replies!;
  expect(intended).toBe(sent + failed);
  expect(expected).toBe(sent);
  expect(delivered + late + lost + unverified).toBe(sent);
  expect(lost).toBe(refused + wrong + ended + timedOut);
  const replied = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  expect(replied + ended + timedOut + unverified).toBe(sent);
  expect(timings.ack?.count ?? 0).toBe(delivered + late);
}

test('good replies are timed, and the report says how they were carried', async () => {
  const results = await runAsk(({ answer }) => answer());
  const { counters, replies, timings, transport } = results;
  expectSums(results);
  expect(counters.sent).toBeGreaterThan(20);
  expect(counters.lost).toBe(0);
  expect(replies).toEqual({ statuses: { 200: counters.sent }, refused: 0, wrong: 0, ended: 0, timedOut: 0 });
  expect(transport).toEqual({ name: 'http', kind: 'http', fast: false });
  expect(timings.sendDelay!.count).toBe(counters.sent);
  expect([counters.sampled, counters.invalid]).toEqual([counters.sent, 0]);
  expect(counters.sentBytes / counters.sent).toBeGreaterThan(60);
  expect(finalTable(results)).toContain('http, no fast path: autocannon sends, and every reply is parsed');
});

test('refusals are counted by their status, and lost', async () => {
  const results = await runAsk(({ n, answer }) => answer(n % 3 === 0 ? 500 : 200));
  const { counters, replies, verdict, faults } = results;
  expectSums(results);
  expect(Object.keys(replies!.statuses)).toEqual(['200', '500']);
  expect(replies!.refused).toBe(replies!.statuses[500]);
  expect(counters.lost).toBe(replies!.refused);
  expect(verdict).not.toBe('pass');
  expect(faults[0]).toMatchObject({
    kind: 'lost',
    receiver: expect.stringMatching(/^asker/),
    about: 'answered with status 500',
  });
  expect(finalTable(results)).toContain(`${replies!.refused.toLocaleString('en')} with status 500`);
});

test('a reply of another kind, or to another request, is not the right one', async () => {
  const results = await runAsk(({ n, id, answer }) => {
    if (n % 4 === 0) answer(200, { is: 'refused', id });
    else if (n % 4 === 1) answer(200, { is: 'done', id: 'r0' });
    else answer();
  });
  expectSums(results);
  const abouts = new Set(results.faults.map(({ about }) => about));
  expect(abouts).toEqual(new Set(['the reply is refused', 'the reply is to another request']));
  expect(results.replies!.wrong).toBe(results.counters.lost);
});

test('a target that ends some connections loses what was asked on them, and no more', async () => {
  const results = await runAsk(({ n, answer, hangUp }) => (n % 5 === 0 ? hangUp() : answer()));
  expectSums(results);
  const { replies, ended } = results;
  expect(ended).toBe('completed');
  expect(replies!.ended).toBeGreaterThan(0);
  expect(replies!.ended).toBe(results.counters.lost);
});

test('a target that ends every connection is gone', async () => {
  const results = await runAsk(({ hangUp }) => hangUp());
  expectSums(results);
  expect(results.ended).toBe('target-gone');
});

test('a target that hangs: each question is lost at its deadline', async () => {
  const results = await runAsk(() => {});
  expectSums(results);
  const { counters, replies } = results;
  expect(counters.delivered).toBe(0);
  expect([replies!.timedOut, replies!.ended]).toEqual([counters.sent, 0]);
});

test('a schedule that nobody can keep over HTTP is told before anything runs', async () => {
  await expect(runAsk(({ answer }) => answer(), 'rate')).rejects.toMatchObject({
    code: 'workload-does-not-fit',
    message:
      'The workload ask/workloads/rate was expected to be one for http, which is HTTP; it has a schedule at which nobody can ask over HTTP; write `schedule: { inFlight: 1 }`. Nothing was run.',
  });
});

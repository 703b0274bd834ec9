import { expect, it } from 'vitest';
import type { Stability } from '../../evidence/stability.ts';
import { stabilityText } from './stability-text.ts';

const stable: Stability = {
  antiphon: 1,
  stability: 'tincan',
  tool: 'antiphon 0.1.0',
  startedAt: '2026-11-30T17:48:59.000Z',
  seed: 'abc',
  target: 'a server',
  load: { threads: 2 },
  rounds: { asked: 20, done: 20 },
  same: { pass: 510, fail: 2 },
  differing: [],
  odd: [],
};

it('tells in one line that nothing differs', () => {
  expect(stabilityText(stable, 'reports/x')).toBe(
    'tincan: STABLE, 20 rounds with 2 busy threads, 512 checks the same in each (pass 510, fail 2); reports: reports/x\n',
  );
});

it('lists what differs, and how to repeat the rounds that were odd', () => {
  const oddRounds = [2, 4, 6, 8, 10, 12, 14, 16, 18];
  const unstable: Stability = {
    ...stable,
    rounds: { asked: 20, done: 19 },
    differing: [
      { execution: 'tincan/a', verdicts: { pass: 18, fail: 1 }, usual: 'pass', oddRounds: [7] },
      {
        execution: 'tincan/a',
        check: 'say.heard',
        level: 'must',
        verdicts: { pass: 10, inconclusive: 9 },
        usual: 'pass',
        oddRounds,
      },
    ],
    odd: [
      { round: 2, seed: 'abc-2', verdict: 'inconclusive' },
      { round: 7, seed: 'abc-7', verdict: 'fail', run: 'rounds/7' },
    ],
  };
  expect(stabilityText(unstable, 'reports/x')).toBe(`Not the same in every round
  tincan/a  (as a whole)        pass 18, fail 1          not pass in round 7
  tincan/a  say.heard     must  pass 10, inconclusive 9  not pass in round 2, 4, 6, 8, 10, 12, 14, 16 and 1 more

Rounds that were unlike the others; --seed repeats one
  round 2  --seed abc-2  inconclusive  its run was not kept
  round 7  --seed abc-7  fail          reports/x/rounds/7

tincan: UNSTABLE, 19 of 20 rounds with 2 busy threads, 512 checks the same in each (pass 510, fail 2), 1 check differs; reports: reports/x
`);
});

import { foldTimings } from '../ledger/timings.ts';
import { createHistogram, fold, longestUs, recordUs } from '../metrics/histogram.ts';
import type { Rig } from '../metrics/rig.ts';
import type { Team } from './worker.ts';
import type { RunTimes } from './worker-protocol.ts';

/**
 * Tells the controller of each second of hold, and folds its counts into the totals. Messages are often due just when a second is over:
 * they go first. Call what it gives to end it.
 */
export function tellSeconds(
  { ledger, clock, port }: Team,
  { holdAtUs }: RunTimes,
  rig: Rig,
  nextDueUs: () => number,
): () => void {
  const { timings, counters } = ledger;
  let second = 0;
  let timer: NodeJS.Timeout | undefined;
  function tellInGap(left: number): void {
    if (left === 0 || nextDueUs() > clock.nowUs() + gapUs) tell();
    else timer = setTimeout(tellInGap, 1, left - 1);
  }
  function tell(): void {
    const delivery = timings.delivery.recent.slice();
    const sendDelay = timings.sendDelay.recent.slice();
    foldTimings(timings);
    port.post({
      tell: 'stats',
      second: { second, counters: { ...counters }, delivery, sendDelay, rig: rig.second() },
    });
    second++;
    again();
  }
  function again(): void {
    const waitUs = holdAtUs + (second + 1) * 1_000_000 - clock.nowUs();
    timer = setTimeout(tellInGap, Math.max(0, Math.round(waitUs / 1_000)), mostGapsTried);
  }
  rehearse(rig);
  again();
  return () => {
    clearTimeout(timer);
    foldTimings(timings);
  };
}

/** What is done for the first time takes many times as long, and would be done in the middle of measuring. */
function rehearse(rig: Rig): void {
  const scratch = createHistogram();
  for (let round = 0; round < rehearsals; round++) {
    for (let valueUs = 1; valueUs < longestUs; valueUs *= 2) recordUs(scratch, valueUs);
    fold({ ...scratch, recent: scratch.recent.slice() });
    rig.second();
  }
}

const rehearsals = 5;

/** Longer than telling takes. */
const gapUs = 1_000;

/** Where messages are due all the time there is no gap. */
const mostGapsTried = 4;

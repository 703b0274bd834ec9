/**
 * How long before an instant the loop is to be woken so that it is awake then. How long waking takes is different from machine to
 * machine and from second to second, so it is learnt: each time that it came too late the loop is woken earlier, by as much as twenty
 * times in time make it later again. Awake too early costs the processor; too late, the schedule.
 */
export interface Earliness {
  /** For an instant so long after the last one. */
  earlyUs(intervalUs: number): number;
  /** The loop was awake and ready so long before the instant; below zero: after it. */
  note(spareUs: number): void;
}

export function createEarliness(): Earliness {
  let learntUs = firstUs;
  return {
    earlyUs: intervalUs => Math.max(leastUs, Math.min(learntUs, intervalUs * mostOfInterval)),
    note(spareUs) {
      const changed = learntUs + (spareUs < enoughUs ? lateStepUs : -lateStepUs / inTimeForOneLate);
      learntUs = Math.max(leastUs, Math.min(mostUs, changed));
    },
  };
}

const firstUs = 150;
const leastUs = 50;
/** Of waking that takes longer somebody else is the cause, and it would be too late with more as well. */
const mostUs = 500;
/** So that not more of a processor is spent on waiting awake. */
const mostOfInterval = 1 / 8;
const enoughUs = 10;
const lateStepUs = 10;
const inTimeForOneLate = 20;

/**
 * Sends what is due when it is due. The pacer wakes the loop for it; while the loop is busy with what comes, each read looks whether the
 * time has come. A little before, the next message is prepared.
 */
import { startPacer } from './pacer.ts';
import type { Publisher } from './publisher.ts';

export interface KeptSchedule {
  begin(): void;
  /** A read of some socket has been handled: is something due? */
  afterRead(atUs: number): void;
  /** Something has changed: what is due first may be due earlier. */
  reconsider(): void;
  /** Sends what is due already, and what could not be sent. */
  catchUp(): void;
  nextDueUs(): number;
  spunUs(): number;
  /** Nothing is sent any more. */
  end(): void;
  stop(): Promise<void>;
}

export interface ScheduleOptions {
  readonly publisher: Publisher;
  readonly nowUs: () => number;
  /** After some have been sent, before anything else. */
  readonly sent: () => void;
  /** A message cannot be built: nothing that follows would mean anything. */
  readonly broken: (thrown: unknown) => void;
}

export function keepSchedule(
  { publisher, nowUs, sent, broken }: ScheduleOptions,
  pace: typeof startPacer = startPacer,
): KeptSchedule {
  let nextDueUs = publisher.nextDueUs();
  /** When a read has to do something: then, or a little before to prepare it. */
  let nextLookUs = nextDueUs - leadUs;
  let over = false;
  const pacer = pace(nowUs, pump, prepare);

  function attempt(act: () => void): boolean {
    if (over) return false;
    try {
      act();
      return true;
    } catch (thrown) {
      broken(thrown);
      return false;
    }
  }

  function prepare(): void {
    attempt(publisher.prepare);
    nextLookUs = nextDueUs;
  }

  function pump(): void {
    if (!attempt(publisher.pump)) return;
    sent();
    nextDueUs = publisher.nextDueUs();
    nextLookUs = nextDueUs - leadUs;
    if (nextDueUs <= nowUs()) setImmediate(pump);
    else pacer.wakeAt(nextDueUs);
  }

  return {
    begin: pump,
    afterRead(atUs) {
      if (atUs < nextLookUs) return;
      if (atUs < nextDueUs) prepare();
      else pump();
    },
    reconsider() {
      nextDueUs = Math.min(nextDueUs, publisher.nextDueUs());
      nextLookUs = Math.min(nextLookUs, nextDueUs);
    },
    catchUp() {
      if (attempt(publisher.retry)) sent();
      // Who has waited for an answer in vain goes on.
      if (nextDueUs <= nowUs()) pump();
    },
    nextDueUs: () => nextDueUs,
    spunUs: pacer.spunUs,
    end() {
      over = true;
      nextDueUs = Number.POSITIVE_INFINITY;
      nextLookUs = nextDueUs;
    },
    stop: pacer.stop,
  };
}

/** A message may be prepared so long before it is due: what it says of the time is not older. */
const leadUs = 1_000;

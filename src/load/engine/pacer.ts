/**
 * Wakes the event loop when something is due. Timers of the loop are up to a millisecond late; so a thread that does nothing else sleeps
 * until a little before, sends a word, and the loop yields to its sockets until the instant has come. It never blocks.
 */
import { Worker } from 'node:worker_threads';
import { instantOfZeroNs } from '../../foundation/clock.ts';
import { createEarliness } from './earliness.ts';

export interface Pacer {
  /** Calls `due` at this instant, or a little later; an earlier one replaces a later one. Infinite: nothing is due. */
  wakeAt(atUs: number): void;
  /** How long the loop has been kept awake so far with nothing else to do. */
  spunUs(): number;
  stop(): Promise<void>;
}

/** `soon` is called a little before, once, while nothing else is to be done: for whatever can be done beforehand. */
export function startPacer(nowUs: () => number, due: () => void, soon: () => void = () => {}): Pacer {
  const shared = new SharedArrayBuffer(16);
  const [wanted, turn] = [new BigInt64Array(shared, 0, 1), new Int32Array(shared, 8, 1)];
  const worker = new Worker(sleeper, { eval: true, workerData: { shared } });
  const earliness = createEarliness();
  worker.unref();
  const zeroNs = instantOfZeroNs(nowUs);
  let nextUs = Number.POSITIVE_INFINITY;
  let lastUs = Number.NEGATIVE_INFINITY;
  let earlyUs = 0;
  let yielding = false;
  let turnUs = 0;
  let spunUs = 0;

  function arm(): void {
    if (nextUs === Number.POSITIVE_INFINITY) return;
    earlyUs = earliness.earlyUs(nextUs - lastUs);
    Atomics.store(wanted, 0, zeroNs + BigInt(Math.round((nextUs - earlyUs) * 1000)));
    Atomics.add(turn, 0, 1);
    Atomics.notify(turn, 0);
  }

  function yieldUntilDue(): void {
    const now = nowUs();
    if (yielding && now - turnUs < idleTurnUs) spunUs += now - turnUs;
    turnUs = now;
    yielding = true;
    if (nextUs > now + 2 * earlyUs) {
      yielding = false;
      // It may have been this very instant, and the thread too early: without another word nothing would ever be due.
      arm();
    } else if (now >= nextUs) {
      yielding = false;
      lastUs = nextUs;
      nextUs = Number.POSITIVE_INFINITY;
      due();
    } else {
      setImmediate(yieldUntilDue);
    }
  }
  worker.on('message', () => {
    if (yielding || nextUs === Number.POSITIVE_INFINITY) return;
    if (nowUs() < nextUs) soon();
    earliness.note(nextUs - nowUs());
    yieldUntilDue();
  });

  return {
    wakeAt(atUs) {
      if (atUs === nextUs) return;
      nextUs = atUs;
      arm();
    },
    spunUs: () => spunUs,
    async stop() {
      nextUs = Number.POSITIVE_INFINITY;
      await worker.terminate();
    },
  };
}

/** A turn of the loop in which a socket was read takes longer. */
const idleTurnUs = 10;

// A thread cannot load TypeScript, so the few lines of it stand here.
const sleeper = `
const { parentPort, workerData } = require('node:worker_threads');
const wanted = new BigInt64Array(workerData.shared, 0, 1);
const turn = new Int32Array(workerData.shared, 8, 1);
for (;;) {
  const seen = Atomics.load(turn, 0);
  const at = Atomics.load(wanted, 0);
  const waitMs = at === 0n ? Infinity : Number(at - process.hrtime.bigint()) / 1e6;
  if (waitMs > 0 && Atomics.wait(turn, 0, seen, waitMs) !== 'timed-out') continue;
  if (Atomics.compareExchange(wanted, 0, at, 0n) === at) parentPort.postMessage(null);
}
`;

/**
 * Collects what joining has left behind, before anything is measured, and gives the memory back. A collection that the program asks for
 * (`--expose-gc`) keeps half-empty pages and room for new objects: as much again as what is in use. This one, which the inspector offers,
 * keeps neither.
 */
import { getHeapStatistics } from 'node:v8';

/** Of a worker. What fewer leave behind is less than what the collection costs a process that does other things as well. */
export const usersWorthCollecting = 1_000;

export async function collectGarbage(): Promise<void> {
  // A Node that was built without an inspector works as well, in more memory.
  const inspector = await import('node:inspector/promises').catch(() => undefined);
  if (!inspector) return;
  // What was let go in this turn is held by its callers until the next one is over.
  for (let turn = 0; turn < 2; turn++) await new Promise(setImmediate);
  const session = new inspector.Session();
  session.connect();
  try {
    let beforeBytes = Number.POSITIVE_INFINITY;
    // One collection moves the objects of so many pages, and no more.
    for (let round = 0; round < mostRounds; round++) {
      await session.post('HeapProfiler.collectGarbage');
      const bytes = getHeapStatistics().total_physical_size;
      if (bytes > beforeBytes * worthwhile) return;
      beforeBytes = bytes;
    }
  } finally {
    session.disconnect();
  }
}

const mostRounds = 6;

/** A round that leaves more than this of what was there was the last. */
const worthwhile = 0.95;

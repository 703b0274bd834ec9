/**
 * Collects what joining has left behind, before anything is measured, and gives the memory back. A collection that the program asks for
 * (`--expose-gc`) keeps half-empty pages and room for new objects: as much again as what is in use. This one, which the inspector offers,
 * keeps neither.
 */
export async function collectGarbage(): Promise<void> {
  // A Node that was built without an inspector works as well, in more memory.
  const inspector = await import('node:inspector/promises').catch(() => undefined);
  if (!inspector) return;
  // What was let go in this turn is held by its callers until the next one is over.
  for (let turn = 0; turn < 2; turn++) await new Promise(setImmediate);
  const session = new inspector.Session();
  session.connect();
  try {
    await session.post('HeapProfiler.collectGarbage');
  } finally {
    session.disconnect();
  }
}

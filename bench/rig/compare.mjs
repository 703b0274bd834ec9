/** Runs both sides of a comparison one after the other, each from its start to its end. Gives what was measured of each, by pair. */
export async function compare(pairs, ours, other) {
  const runs = [];
  for (let pair = 0; pair < pairs; pair++) {
    // Who goes first alternates, for the second one finds the machine warmer.
    const [first, second] = pair % 2 === 0 ? [ours, other] : [other, ours];
    const begun = await patiently(first);
    const then = await patiently(second);
    runs.push(pair % 2 === 0 ? { ours: begun, other: then } : { ours: then, other: begun });
  }
  return runs;
}

/** A run that the machine has spoilt is made once more, but not for ever. */
async function patiently(run) {
  for (let left = 3; ; left--) {
    try {
      return await run();
    } catch (thrown) {
      if (left === 0) throw thrown;
      process.stderr.write(`  once more: ${thrown.message.split('\n')[0]}\n`);
    }
  }
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

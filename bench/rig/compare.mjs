/** Runs both sides of a comparison in turns, and gives each pair's figures and the median of their ratios. */
export async function compare(pairs, ours, other) {
  const runs = [];
  for (let pair = 0; pair < pairs; pair++) {
    // Who goes first alternates, for the second one finds the machine warmer.
    const [first, second] = pair % 2 === 0 ? [ours, other] : [other, ours];
    const begun = await patiently(first);
    const then = await patiently(second);
    const run = pair % 2 === 0 ? { ours: begun, other: then } : { ours: then, other: begun };
    runs.push(run);
    process.stderr.write(`  pair ${pair + 1} of ${pairs}: ${run.ours.toFixed(3)} against ${run.other.toFixed(3)}\n`);
  }
  const ratios = runs.map(run => run.ours / run.other);
  return {
    ours: median(runs.map(run => run.ours)),
    other: median(runs.map(run => run.other)),
    ratio: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
  };
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

/**
 * Compares two clients that are both connected all the time: their servers write in turns, a few seconds each, so that what the machine
 * does meanwhile meets both. Gives what was measured of each, by pair.
 */
import { warm } from './measure-client.mjs';
import { startSide } from './start-side.mjs';

export async function takeTurns(pairs, seconds, ours, other) {
  const sides = [];
  try {
    for (const client of [ours, other]) {
      const side = await startSide(client);
      sides.push(side);
      await warm(side, client.perSecond);
      side.pause();
    }
    const runs = [];
    for (let pair = 0; pair < pairs; pair++) {
      const run = {};
      // Who goes first alternates, for the second one finds the machine warmer.
      for (const k of pair % 2 === 0 ? [0, 1] : [1, 0]) run[k === 0 ? 'ours' : 'other'] = await turn(sides[k], seconds);
      runs.push(run);
    }
    for (const side of sides) {
      side.goOn();
      await side.end();
    }
    return runs;
  } finally {
    for (const side of sides) side.kill();
  }
}

async function turn(side, seconds) {
  side.goOn();
  // What has waited, and what the caches hold of the other one, is over by the second time that the server tells.
  await side.messages();
  const measured = await side.measure(seconds);
  side.pause();
  return measured;
}

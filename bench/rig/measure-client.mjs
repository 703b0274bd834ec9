import { startSide } from './start-side.mjs';

/** By then a client's code is compiled. */
export const warmSeconds = 6;

/** Who has not had the full rate for so long by then is measured at what it has. */
export const mostWarmSeconds = 15;

/** Runs a client from its start to its end, and says what a message costs it when it is warm. */
export async function measureClient(client, seconds) {
  const side = await startSide(client);
  try {
    await warm(side, client.perSecond ?? 1);
    const measured = await side.measure(seconds);
    await side.end();
    return measured;
  } finally {
    side.kill();
  }
}

/** Until the messages have come at the rate that is expected for some seconds. */
export async function warm(side, perSecond) {
  let before = await side.messages();
  for (let second = 0, steady = 0; second < mostWarmSeconds && steady < warmSeconds; second++) {
    const now = await side.messages();
    steady = now - before > 0.95 * perSecond ? steady + 1 : 0;
    before = now;
  }
}

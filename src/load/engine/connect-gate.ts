/** Lets so many connections begin in a second, evenly, in the order in which they were asked for. */
export interface ConnectGate {
  /** Calls `begin` when its turn has come, at once if it has. */
  pass(begin: () => void): void;
}

export function createConnectGate(perSecond: number, nowUs: () => number): ConnectGate {
  const everyUs = 1e6 / perSecond;
  let nextUs = 0;
  return {
    pass(begin) {
      const atUs = Math.max(nextUs, nowUs());
      nextUs = atUs + everyUs;
      const waitMs = Math.floor((atUs - nowUs()) / 1000);
      if (waitMs <= 0) begin();
      else setTimeout(begin, waitMs);
    },
  };
}

/** What a run counts. Of warm-up nothing is counted. */
export interface Counters {
  /** Publishes: those due, and what became of each. */
  intended: number;
  sent: number;
  underrun: number;
  saturated: number;
  failed: number;
  /** Messages that the target should have acknowledged until their deadline, and has not. */
  unacknowledged: number;
  /** Deliveries: pairs of message and receiver. */
  expected: number;
  delivered: number;
  late: number;
  lost: number;
  unverified: number;
  indeterminate: number;
  duplicate: number;
  unexpected: number;
  corrupt: number;
  /** Messages that not all of their receivers had in time. */
  incomplete: number;
  gaps: number;
  reordered: number;
  /** The farthest that a message came behind a later one. */
  displacement: number;
  /** Sampled messages that were read in full, and those of them that broke their schema. */
  sampled: number;
  invalid: number;
  receivedBytes: number;
  sentBytes: number;
  /** Users who were made to reconnect, and could not join again. */
  notRejoined: number;
  /** Users who were made to reconnect, and were still joining when the load was over. */
  stillJoining: number;
  /** Connections that the target has ended. */
  cutOff: number;
}

export type CounterName = keyof Counters;

export function createCounters(): Counters {
  return {
    intended: 0,
    sent: 0,
    underrun: 0,
    saturated: 0,
    failed: 0,
    unacknowledged: 0,
    expected: 0,
    delivered: 0,
    late: 0,
    lost: 0,
    unverified: 0,
    indeterminate: 0,
    duplicate: 0,
    unexpected: 0,
    corrupt: 0,
    incomplete: 0,
    gaps: 0,
    reordered: 0,
    displacement: 0,
    sampled: 0,
    invalid: 0,
    receivedBytes: 0,
    sentBytes: 0,
    notRejoined: 0,
    stillJoining: 0,
    cutOff: 0,
  };
}

/** Several workers together. */
export function addCounters(into: Counters, more: Counters): void {
  for (const name of Object.keys(into) as CounterName[]) {
    into[name] = name === 'displacement' ? Math.max(into[name], more[name]) : into[name] + more[name];
  }
}

/** What must hold in every report; else it is a defect of ours. Gives what does not hold, in words. */
export function brokenIdentities(counters: Counters): readonly string[] {
  const { intended, sent, underrun, saturated, failed, expected, delivered, late, lost, unverified } = counters;
  const broken: string[] = [];
  if (intended !== sent + underrun + saturated + failed)
    broken.push(
      `intended ${intended} = sent ${sent} + underrun ${underrun} + saturated ${saturated} + failed ${failed}`,
    );
  if (expected !== delivered + late + lost + unverified)
    broken.push(
      `expected ${expected} = delivered ${delivered} + late ${late} + lost ${lost} + unverified ${unverified}`,
    );
  for (const name of Object.keys(counters) as CounterName[])
    if (counters[name] < 0) broken.push(`${name} ${counters[name]} is below nothing`);
  return broken;
}

/** Figures of a load run that thresholds can name. */
const counters = [
  'lost',
  'late',
  'duplicate',
  'unexpected',
  'corrupt',
  'unverified',
  'indeterminate',
  'incomplete',
  'underrun',
  'saturated',
  'failed',
  'unacknowledged',
  'invalid',
];

const figures = [
  'fairness',
  'deliveryRatio',
  'order.gaps',
  'order.reordered',
  'order.displacement',
  'throughput.publishes',
  'throughput.deliveries',
];

/** Of this machine, and of a target that runs on it. */
const rig = [
  'rig.loopDelayP99',
  'rig.runQueue',
  'rig.gc',
  'rig.gcLongest',
  'rig.ownCpu',
  'rig.othersCpu',
  'rig.cpuPerDelivery',
  'rig.memory',
  'target.cpu',
  'target.memory',
];

/** Distributions: `delivery.p99`. */
const distributions = [
  'sendDelay',
  'delivery',
  'service',
  'ack',
  'timeToFirst',
  'timeTo50',
  'timeTo95',
  'timeTo99',
  'timeToLast',
  'skew',
];

const percentiles = ['p50', 'p75', 'p90', 'p95', 'p99', 'p99.9', 'p99.99'];

export const metricNames: readonly string[] = [
  ...counters,
  ...figures,
  ...rig,
  ...distributions.flatMap(name => [...percentiles, 'min', 'mean', 'max'].map(figure => `${name}.${figure}`)),
];

/** Every percentile is known, whatever its number. */
export function isMetric(name: string): boolean {
  const percentile = /^(\w+)\.p\d{1,2}(?:\.\d+)?$/.exec(name);
  return metricNames.includes(name) || (percentile !== null && distributions.includes(percentile[1]!));
}

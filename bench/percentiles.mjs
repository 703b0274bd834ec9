/**
 * Whether the percentiles of a load are those of the target: against the instants at which a scripted target wrote what it wrote.
 *
 *   node bench/percentiles.mjs [--seconds 25]
 *
 * The two clocks are brought together by the message that came to the target the soonest after it was due. So what is shown as a
 * difference also holds the way there of that one, and the way back of each.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runLoad } from './rig/run-load.mjs';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '25' } } });
const target = fileURLToPath(new URL('clients/scripted-target.mjs', import.meta.url));
/** p99.9 needs ten thousand messages. */
const perSecond = 500;
const percentiles = [
  ['p50', 'p50Us', 500, 300],
  ['p90', 'p90Us', 900, 300],
  ['p99', 'p99Us', 990, 5_000],
  ['p99.9', 'p999Us', 999, 5_000],
];

console.log(
  '| target | percentile | written | measured | difference | at most | |\n| --- | --- | --- | --- | --- | --- | --- |',
);
for (const manner of ['constant', 'bimodal', 'stall']) {
  const { results, events, printed } = await runLoad([process.execPath, target, manner], {
    'count: 1000': 'count: 10',
    'rate: 50/s': `rate: ${perSecond}/s`,
    'hold: 10 s': `hold: ${values.seconds} s`,
  });
  const { holdAtUs, holdEndUs } = events.find(({ event }) => event === 'begin');
  const messages = JSON.parse(printed);
  const aheadUs = Math.min(...messages.map(({ dueUs, cameUs }) => cameUs - dueUs));
  const writtenUs = messages
    .filter(({ dueUs }) => dueUs >= holdAtUs && dueUs < holdEndUs)
    .flatMap(({ dueUs, writtenUs }) => writtenUs.map(each => each - aheadUs - dueUs))
    .sort((a, b) => a - b);
  const { delivery } = results.timings;
  if (delivery.count !== writtenUs.length)
    throw new Error(`expected ${writtenUs.length} deliveries, as many as were written, came ${delivery.count}`);
  for (const [name, field, perMille, slackUs] of percentiles) {
    const exactUs = writtenUs[Math.floor((perMille * writtenUs.length + 999) / 1_000) - 1];
    const mostUs = exactUs * 0.01 + slackUs;
    const offUs = delivery[field] - exactUs;
    console.log(
      `| ${manner} | ${name} | ${ms(exactUs)} | ${ms(delivery[field])} | ${ms(offUs)} | ${ms(mostUs)} | ${Math.abs(offUs) <= mostUs ? 'within' : 'BEYOND'} |`,
    );
  }
}

function ms(us) {
  return `${(us / 1_000).toFixed(2)} ms`;
}

/**
 * How well a load keeps its schedule, and what that costs.
 *
 *   node bench/pacing.mjs [--pairs 7] [--seconds 12]
 *
 * `antiphon load` on the server that only relays: the send delay of a hundred messages a second, to one receiver, and to five hundred
 * (at instants by chance, so that some are due while the loop reads what came of others). Then the pacer alone. Medians of the runs.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from './rig/compare.mjs';
import { compile } from './rig/compile.mjs';
import { runLoad } from './rig/run-load.mjs';

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '7' }, seconds: { type: 'string', default: '12' } },
});
const seconds = Number(values.seconds);
const traffic = compile('traffic');
const pacer = fileURLToPath(new URL('clients/pacer.mjs', import.meta.url));
const rows = [
  ['send delay p99, 100/s', '<= 0.5 ms', 'ms', () => sendDelayMs(1, 'rate: 100/s')],
  ['send delay p99, 100/s, while 50,000/s come', '<= 1.5 ms', 'ms', () => sendDelayMs(500, 'poisson: 100/s')],
  ['pacing alone, 1,000/s', '<= 15 %', '% of a core', () => pacing().cpuShare * 100],
  ['the same: how late at p99', '', 'ms', () => pacing().p99Us / 1_000],
];
const seen = rows.map(() => []);

for (let run = 0; run < Number(values.pairs); run++) {
  for (const [k, [what, , unit, measure]] of rows.entries()) {
    seen[k].push(await measure());
    process.stderr.write(`${what}: ${seen[k].at(-1).toFixed(3)} ${unit}\n`);
  }
}
console.log('| what | asked | seen | of all runs |\n| --- | --- | --- | --- |');
for (const [k, [what, asked, unit]] of rows.entries()) {
  const [least, most] = [Math.min(...seen[k]), Math.max(...seen[k])];
  console.log(
    `| ${what} | ${asked} | ${median(seen[k]).toFixed(2)} ${unit} | ${least.toFixed(2)}-${most.toFixed(2)} |`,
  );
}

async function sendDelayMs(subscribers, pace) {
  const { results } = await runLoad([traffic, subscribers + 20, 'relay'], {
    'count: 1000': `count: ${subscribers}`,
    'rate: 50/s': pace,
    'hold: 10 s': `hold: ${seconds} s`,
  });
  return results.timings.sendDelay.p99Us / 1_000;
}

function pacing() {
  const { stdout, stderr } = spawnSync(process.execPath, [pacer, '1000', String(Math.min(5, seconds))], {
    encoding: 'utf8',
  });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout);
}

/**
 * Nothing but the pacer of a load, which wakes the loop so often and does nothing then.
 *
 *   node bench/clients/pacer.mjs PER_SECOND SECONDS
 */
import { startPacer } from '../../dist/src/load/engine/pacer.js';

const [perSecond, seconds] = process.argv.slice(2).map(Number);
const nowUs = () => Math.round(performance.now() * 1_000);
const lateUs = [];
let begunUs = Number.POSITIVE_INFINITY;
let before;
let n = 0;

const pacer = startPacer(nowUs, () => {
  lateUs.push(nowUs() - dueUs());
  if (++n < perSecond * seconds) return pacer.wakeAt(dueUs());
  const { user, system } = process.cpuUsage(before);
  const p99Us = lateUs.sort((a, b) => a - b)[Math.floor(lateUs.length * 0.99)];
  console.log(JSON.stringify({ cpuShare: (user + system) / (nowUs() - begunUs), p99Us }));
  void pacer.stop();
});
// What the start costs is over then.
setTimeout(() => {
  before = process.cpuUsage();
  begunUs = nowUs();
  pacer.wakeAt(dueUs());
}, 500);

function dueUs() {
  return begunUs + Math.ceil(((n + 1) * 1e6) / perSecond);
}

/**
 * The proof: mutants a second on one core.
 *
 *   node bench/prove.mjs <run directory>
 *
 * Every mutant of the log of a real run is judged, three times in one process, by the same code as `antiphon prove`. Two figures: judging
 * alone, from the changed event on, and all of it, with reading the log, the suite, and judging each execution as it is.
 */
import { readLog } from '../dist/src/evidence/log-reader.js';
import { suitesOf } from '../dist/src/judging/judge-run.js';
import { proveLog } from '../dist/src/prove/prove-log.js';

for (let round = 0; round < 3; round++) {
  const cpu = process.cpuUsage();
  const beganMs = performance.now();
  const log = readLog(process.argv[2]);
  const proof = proveLog(log, await suitesOf(log), {}, () => {});
  const ms = performance.now() - beganMs;
  const { user, system } = process.cpuUsage(cpu);
  const perSecond = us => Math.round((proof.judged / us) * 1e6);
  console.log(
    `${proof.judged} mutants of ${proof.executions} executions: ${perSecond(proof.judgingUs)}/s judging, ${perSecond(ms * 1000)}/s all in, ${perSecond(user + system)}/s of CPU`,
  );
}

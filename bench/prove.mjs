/**
 * The proof: mutants a second on one core.
 *
 *   node bench/prove.mjs <run directory>
 *
 * Every mutant of the log of a real run is judged, three times in one process, by the same code as `antiphon prove`. Two figures, by the
 * processor time that was used: judging alone, from the changed event on, and all of it, with reading the log and the suite, judging each
 * execution as it is, and listing its mutants. What judging costs is the difference to listing them alone.
 */
import { readLog } from '../dist/src/evidence/log-reader.js';
import { suitesOf } from '../dist/src/judging/judge-run.js';
import { mutantIds, proveLog } from '../dist/src/prove/prove-log.js';

for (let round = 0; round < 3; round++) {
  const listing = await measure((log, suites) => mutantIds(log, suites));
  const whole = await measure((log, suites) => proveLog(log, suites, {}, () => {}));
  const { judged, executions } = whole.result;
  const perSecond = us => Math.round((judged / us) * 1e6);
  console.log(
    `${judged} mutants of ${executions} executions: ${perSecond(whole.us - listing.us)}/s judging, ${perSecond(whole.us)}/s all in`,
  );
}

async function measure(work) {
  const cpu = process.cpuUsage();
  const log = readLog(process.argv[2]);
  const result = work(log, await suitesOf(log));
  const { user, system } = process.cpuUsage(cpu);
  return { result, us: user + system };
}

/**
 * Runs the whole suite of each pack, in each of its configurations, against each null server: nothing may pass, and each run has to
 * end in bounded time and memory. Writes reports/proof/<pack>/null.json; exit code 1 if something passed, did not end or held too much.
 *
 *   npm run prove:null [-- pack… --behaviour silent --configuration open --timeout 500ms]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nullBehaviours, referenceProtocols } from '../dist/reference-server/index.js';
import { readDurationUs } from '../dist/src/cli/options/read-duration.js';
import { bundledPacks } from '../dist/src/packs/find-pack.js';
import { loadSuite } from '../dist/src/suites/load-suite.js';
import { measuredNow } from './proof/measured-now.mjs';
import { measureRun } from './prove-null/measure-run.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    behaviour: { type: 'string', multiple: true, default: Object.keys(nullBehaviours) },
    configuration: { type: 'string', multiple: true },
    timeout: { type: 'string', default: '500ms' },
    out: { type: 'string', default: 'reports/proof' },
  },
});

const unknown = options.behaviour.find(name => !Object.hasOwn(nullBehaviours, name));
if (unknown !== undefined) {
  process.stderr.write(
    `Expected --behaviour as one of ${Object.keys(nullBehaviours).join(', ')}; got ${unknown}. Correct it.\n`,
  );
  process.exit(2);
}

/** Far above what a run takes on a busy machine: whatever is still running then hangs. */
const deadlineMs = 900_000;
const peakMemoryMaxMb = 800;

const packs = positionals.length > 0 ? positionals : bundledPacks().filter(pack => referenceProtocols.includes(pack));
const findings = [];
for (const pack of packs) {
  const { configurations } = await loadSuite(pack);
  const measured = await measuredNow(pack);
  const servers = [];
  for (const { name: configuration } of configurations) {
    if (options.configuration && !options.configuration.includes(configuration)) continue;
    for (const behaviour of options.behaviour) {
      const patienceUs = readDurationUs(options.timeout);
      const run = await measureRun({ pack, configuration, behaviour, patienceUs }, deadlineMs);
      servers.push({ behaviour, configuration, ...run, passed: run.passed.length, passing: run.passed });
      const found = findingsOf(run).map(text => `${pack}, ${configuration}, ${behaviour}: ${text}`);
      findings.push(...found);
      process.stdout.write(`${rowOf(pack, configuration, behaviour, run)}\n`);
      for (const text of found) process.stdout.write(`  ${text}\n`);
    }
  }
  if (servers.length === 0) {
    findings.push(`${pack}: nothing ran`);
    process.stdout.write(`${pack}: nothing ran\n`);
    continue;
  }
  const folder = join(options.out, pack);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'null.json'), `${JSON.stringify({ pack, measured, servers }, null, 2)}\n`);
}
process.stdout.write(findings.length === 0 ? 'nothing passed\n' : `${findings.length} findings\n`);
process.exitCode = findings.length === 0 ? 0 : 1;

function findingsOf({ executions, passed, ended, peakMemoryMb }) {
  return [
    ...passed.map(id => `${id} passed`),
    ...(ended === 'in time' ? [] : [`the run did not end: ${ended}`]),
    ...(ended === 'in time' && executions === 0 ? ['nothing ran'] : []),
    ...(peakMemoryMb > peakMemoryMaxMb ? [`it held ${peakMemoryMb} MB, more than ${peakMemoryMaxMb}`] : []),
  ];
}

function rowOf(pack, configuration, behaviour, { executions, passed, seconds, peakMemoryMb }) {
  const about = `${pack}  ${configuration.padEnd(16)}  ${behaviour.padEnd(8)}`;
  return `${about} ${String(passed.length).padStart(3)} of ${executions} passed  ${seconds.toFixed(1).padStart(6)} s  ${peakMemoryMb} MB`;
}

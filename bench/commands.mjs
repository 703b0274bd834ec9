/**
 * What the commands cost a person who waits: start-up, lint, the whole GradAgenda suite. Absolute figures, each beside the least that
 * would do in the same run (bare Node), because machines differ.
 *
 *   node bench/commands.mjs [runs]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const main = join(root, 'dist/src/cli/main.js');
const runs = Number(process.argv[2] ?? 11);

console.log(`node ${process.version}, load ${loadavg()[0].toFixed(2)}, ${runs} runs each, in turns`);
const bare = [];
const version = [];
const lint = [];
const suite = [];
run(['-e', '0']);
for (let k = 0; k < runs; k++) {
  bare.push(run(['-e', '0']));
  version.push(run([main, '--version']));
  lint.push(run([main, 'lint', 'gradagenda']));
  suite.push(await suiteMs());
}
const files = readdirSync(join(root, 'scenarios/gradagenda'), { recursive: true, encoding: 'utf8' }).filter(name =>
  name.endsWith('.yaml'),
).length;
row('node -e 0', bare);
row('antiphon --version', version, bare);
row(`antiphon lint gradagenda (${files} files; budget ${250 + 2 * files} ms)`, lint, bare);
row('GradAgenda suite after server start', suite);

function run(args) {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - began;
}

/** As results.json has it: from the first execution to the end of the last. */
async function suiteMs() {
  const reports = mkdtempSync(join(tmpdir(), 'antiphon-bench-'));
  run([main, 'test', 'gradagenda', '--quiet', '--reports', reports]);
  const [folder] = readdirSync(reports);
  const { durationMs } = JSON.parse(readFileSync(join(reports, folder, 'results.json'), 'utf8'));
  rmSync(reports, { recursive: true });
  return durationMs;
}

function row(what, times, against) {
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const ratio = against
    ? `, ${(median / against.toSorted((a, b) => a - b)[Math.floor(against.length / 2)]).toFixed(2)} x bare node`
    : '';
  console.log(
    `${what}: median ${median.toFixed(0)} ms, least ${sorted[0].toFixed(0)}, most ${sorted.at(-1).toFixed(0)}${ratio}`,
  );
}

/**
 * Runs the suite of each pack again and again on a busy machine, in each of its configurations, and adds what was seen to
 * reports/proof/<pack>/stability.json: it can be measured in parts. Exit code 1 if a check was not the same in every round,
 * 2 if it was called wrongly.
 *
 *   npm run prove:stability [-- pack… --runs 20 --configuration open --seed text]
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { referenceProtocols } from '../dist/reference-server/index.js';
import { bundledPacks } from '../dist/src/packs/find-pack.js';
import { loadSuite } from '../dist/src/suites/load-suite.js';
import { measuredNow } from './proof/measured-now.mjs';
import { wholeNumber } from './proof/whole-number.mjs';

const main = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '20' },
    configuration: { type: 'string', multiple: true },
    seed: { type: 'string', default: Date.now().toString(36) },
    out: { type: 'string', default: 'reports/proof' },
  },
});

const runs = wholeNumber('runs', options.runs);
const packs = positionals.length > 0 ? positionals : bundledPacks().filter(pack => referenceProtocols.includes(pack));
let stable = true;
for (const pack of packs) {
  const names = (await loadSuite(pack)).configurations.map(({ name }) => name);
  for (const configuration of names) {
    if (options.configuration && !options.configuration.includes(configuration)) continue;
    const measured = await measuredNow(pack);
    const { stability, text, code } = await runRounds(pack, configuration);
    process.stdout.write(text);
    stable &&= code === 0;
    add(pack, configuration, stability, { names, measured });
  }
}
process.exitCode = stable ? 0 : 1;

/** Runs that were odd stay where the text says. */
async function runRounds(pack, configuration) {
  const reports = mkdtempSync(join(tmpdir(), 'antiphon-stability-'));
  const args = ['test', pack, '--configuration', configuration, '--name', `${pack} ${configuration}`, '--quiet'];
  const rounds = ['--stress', '--shuffle', '--repeat', String(runs), '--seed', options.seed, '--reports', reports];
  const { code, text } = await new Promise(resolve => {
    execFile(process.execPath, [main, ...args, ...rounds], (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, text: stdout + stderr }),
    );
  });
  const [folder] = readdirSync(reports);
  if (folder === undefined) throw new Error(`${pack}, ${configuration}: nothing was run: ${text}`);
  const stability = JSON.parse(readFileSync(join(reports, folder, 'stability.json'), 'utf8'));
  if (stability.odd.length === 0) rmSync(reports, { recursive: true });
  return { stability, text, code };
}

/**
 * `parts`: all that was ever measured; what stands above them is of those with the files that the suite has now. `checks`: as many as a
 * round decides, in all configurations. `configurations`: all of the suite, also one that was not run.
 */
function add(pack, configuration, { rounds, same, differing, odd, load, seed }, { names, measured }) {
  const folder = join(options.out, pack);
  const file = join(folder, 'stability.json');
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { parts: [] };
  const checks = sum(Object.values(same)) + differing.filter(({ check }) => check !== undefined).length;
  const part = { measured, configuration, seed, runs: rounds.done, checks, same, differing, odd, load };
  const all = [...before.parts, part];
  const parts = all.filter(each => each.measured?.digest === measured.digest);
  const configurations = names.map(name => {
    const own = parts.filter(part => part.configuration === name);
    return {
      configuration: name,
      runs: sum(own.map(part => part.runs)),
      checks: Math.max(0, ...own.map(part => part.checks)),
      verdicts: [...new Set(own.flatMap(part => Object.keys(part.same)))].sort(),
    };
  });
  const whole = {
    pack,
    measured,
    runs: sum(parts.map(part => part.runs)),
    checks: sum(configurations.map(each => each.checks)),
    configurations,
    differing: parts.flatMap(part => part.differing.map(each => ({ configuration: part.configuration, ...each }))),
    odd: parts.flatMap(part => part.odd.map(each => ({ configuration: part.configuration, ...each }))),
    load,
    parts: all,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(whole, null, 2)}\n`);
}

function sum(numbers) {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

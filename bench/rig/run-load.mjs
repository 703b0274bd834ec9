import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { workloadWith } from './workload-with.mjs';

const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

/**
 * Runs `antiphon load` with a workload of `wire` on a target that prints its port. Gives its results, the lines of its event log, and
 * what the target has printed at its end.
 */
export async function runLoad(target, replacements) {
  const serving = spawn(target[0], target.slice(1).map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = [];
  const isListening = new Promise(resolve =>
    createInterface({ input: serving.stdout }).on('line', line => {
      lines.push(line);
      resolve();
    }),
  );
  const isOver = once(serving, 'close');
  try {
    await isListening;
    const { file, reports } = workloadWith('fan-out', replacements);
    const url = `ws://127.0.0.1:${JSON.parse(lines[0]).port}/`;
    const args = [main, 'load', file, '--target', url, '--reports', reports, '--timeout', '60s', '--quiet'];
    const load = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    load.stdout.resume();
    await once(load, 'close');
    serving.kill('SIGTERM');
    await isOver;
    const [folder] = readdirSync(reports);
    const read = name => readFileSync(join(reports, folder, name), 'utf8');
    const events = read('events.jsonl').trimEnd().split('\n').map(JSON.parse);
    return { results: JSON.parse(read('results.json')), events, printed: lines.at(-1) };
  } finally {
    serving.kill('SIGKILL');
  }
}

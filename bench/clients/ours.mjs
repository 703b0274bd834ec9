/** `antiphon load`, as anybody would run it, on the server that only relays. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

/** A workload of `wire` in a copy of its pack, with these replacements in its text. Gone when this process ends. */
export function workloadWith(name, replacements) {
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(fileURLToPath(new URL('../wire', import.meta.url)), join(folder, 'wire'), { recursive: true });
  const file = join(folder, 'wire/workloads', `${name}.yaml`);
  let text = readFileSync(file, 'utf8');
  for (const [from, to] of Object.entries(replacements)) {
    if (!text.includes(from)) throw new Error(`expected ${file} to have \`${from}\``);
    text = text.replace(from, to);
  }
  writeFileSync(file, text);
  return { file, reports: join(folder, 'reports') };
}

/** The client of a fan-out to so many, for so long; the rig was the limit or not, nothing may be lost, repeated, or wrong. */
export function fanOutOfOurs(subscribers, perSecond, holdSeconds) {
  const { file, reports } = workloadWith('fan-out', {
    'count: 1000': `count: ${subscribers}`,
    'rate: 50/s': `rate: ${perSecond}/s`,
    'hold: 10 s': `hold: ${holdSeconds} s`,
  });
  return {
    name: 'antiphon load',
    // Also who looks whether the target is there.
    server: [subscribers + 20, 'relay'],
    perSecond: subscribers * perSecond,
    command: port => [
      process.execPath,
      main,
      ...['load', file, '--target', `ws://127.0.0.1:${port}/`, '--reports', reports, '--timeout', '60s', '--quiet'],
    ],
    ends: true,
    judge(printed) {
      const told = line => new RegExp(`^${line}$`, 'm').test(printed);
      if (!told('lost +0') || !told('checked in full +[\\d,]+ messages, 0 invalid') || /FAILED/.test(printed))
        throw new Error(`expected a run without a fault, came:\n${printed}`);
    },
  };
}

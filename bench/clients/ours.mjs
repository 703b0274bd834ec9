/** `antiphon load`, as anybody would run it, on the server that only relays. */
import { fileURLToPath } from 'node:url';
import { workloadWith } from '../rig/workload-with.mjs';

const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

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

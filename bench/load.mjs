/**
 * What load costs with us and with others, side by side: rows of a table for the README.
 *
 *   node bench/load.mjs                                all rows, seven pairs, five seconds each
 *   node bench/load.mjs --row bare-50 --pairs 3 --seconds 3
 *
 * Figures are processor time of the client (user and system) for one message, in turns with the other one; the ratio is the median of
 * the ratios of the pairs, with the least and the greatest beside it. Who does not come to the full rate is measured at what it has, and
 * that is said. `gcc` and Linux are needed; for `artillery`, `npm install` in this folder.
 */
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fanOutOfOurs } from './clients/ours.mjs';
import { compare, median } from './rig/compare.mjs';
import { compile } from './rig/compile.mjs';
import { measureClient, mostWarmSeconds } from './rig/measure-client.mjs';
import { takeTurns } from './rig/take-turns.mjs';

const { values } = parseArgs({
  options: {
    row: { type: 'string', multiple: true },
    pairs: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '5' },
  },
});
const pairs = Number(values.pairs);
const seconds = Number(values.seconds);
/** What a client that ends by itself must last: it is warmed up, and measured once. */
const holdSeconds = seconds + mostWarmSeconds + 3;
/** What one must last that takes turns. */
const turnsSeconds = 3 * mostWarmSeconds + 2 * pairs * (seconds + 3);
const tag = 'Zq0005';
/** Messages to each of the hundred receivers: more than they take in the time. */
const streamLength = 2_000_000;

const rows = {
  'bare-50': { turns: true, asked: '<= 1.15', ours: ours(1_000, 50), other: bare(1_000, 50) },
  'bare-200': { turns: true, asked: '<= 1.15', ours: ours(1_000, 200), other: bare(1_000, 200) },
  'limit-50': { turns: true, asked: '<= 1.4', ours: ours(1_000, 50), other: limit(1_000, 50) },
  'limit-200': { turns: true, asked: '<= 1.25', ours: ours(1_000, 200), other: limit(1_000, 200) },
  artillery: { asked: '<= 0.75', ours: ours(100, 500), other: artillery(100, 500) },
  dense: { asked: '>= 10', inverse: true, ours: stream('dense'), other: wsJson('dense') },
  moving: { asked: '>= 5', inverse: true, ours: stream('moving'), other: wsJson('moving') },
  // The same with the whole tool, which also publishes; the others do not.
  'load-50': { asked: '', ours: wholeLoad(1_000, 50), other: bare(1_000, 50) },
  'load-200': { asked: '', ours: wholeLoad(1_000, 200), other: bare(1_000, 200) },
  'load-artillery': { asked: '', ours: wholeLoad(100, 500), other: artillery(100, 500) },
};

console.error(`node ${process.version}, load ${loadavg()[0].toFixed(2)}, ${pairs} pairs of ${seconds} s`);
console.log('| what | asked | seen | of all pairs | ours | the other |\n| --- | --- | --- | --- | --- | --- |');
for (const name of values.row ?? Object.keys(rows)) {
  const row = rows[name];
  if (!row) throw new Error(`expected a row of ${Object.keys(rows).join(', ')}, came ${name}`);
  console.error(`${name}: ${row.ours.name} against ${row.other.name}`);
  const runs = row.turns
    ? await takeTurns(pairs, seconds, row.ours, row.other)
    : await compare(
        pairs,
        () => measureClient(row.ours, seconds),
        () => measureClient(row.other, seconds),
      );
  tell(name, row, runs);
}

function tell(name, { ours, other, asked, inverse }, runs) {
  const ratios = runs
    .map(run => run.ours.cpuUsOfMessage / run.other.cpuUsOfMessage)
    .map(each => (inverse ? 1 / each : each));
  const all = `${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}`;
  const side = k => {
    const of = what => median(runs.map(run => run[k][what]));
    const share = `${(of('cpuShare') * 100).toFixed(0)} % of a processor`;
    return `${of('cpuUsOfMessage').toFixed(3)} us at ${Math.round(of('messagesPerSecond')).toLocaleString('en')}/s, ${share}`;
  };
  console.log(
    `| ${name}: ${ours.name} by ${other.name} | ${asked} | ${median(ratios).toFixed(2)} | ${all} | ${side('ours')} | ${side('other')} |`,
  );
}

/** The fast path, with all that a worker does for what it receives. */
function ours(clients, perSecond) {
  const messages = perSecond * (turnsSeconds + holdSeconds);
  return { ...fanOut('our fast path', clients, perSecond, node('hot.mjs', tag, messages)), judge: judgeHot };
}

function wholeLoad(clients, perSecond) {
  return { ...fanOutOfOurs(clients, perSecond, holdSeconds), name: `antiphon load, ${clients} x ${perSecond}/s` };
}

function bare(clients, perSecond) {
  return fanOut('a bare byte counter of Node', clients, perSecond, node('bare.mjs'));
}

function limit(clients, perSecond) {
  let program;
  return fanOut('limit (C)', clients, perSecond, port => {
    program ??= compile('limit');
    return [program, port, clients, 1, turnsSeconds].map(String);
  });
}

function artillery(clients, perSecond) {
  const program = fileURLToPath(new URL('node_modules/.bin/artillery', import.meta.url));
  const script = fileURLToPath(new URL('clients/artillery.yaml', import.meta.url));
  return fanOut('Artillery', clients, perSecond, port => [
    ...[program, 'run', '--quiet', '--target', `ws://127.0.0.1:${port}/`],
    ...['--overrides', JSON.stringify({ config: { phases: [{ duration: 1, arrivalCount: clients }] } }), script],
  ]);
}

function stream(mode) {
  return { ...streamed('our fast path', mode, node('hot.mjs', tag, streamLength)), judge: judgeHot };
}

function wsJson(mode) {
  return streamed('ws with JSON.parse', mode, node('ws-json.mjs'));
}

function fanOut(name, clients, perSecond, command) {
  const server = [clients, 'fan', tag, perSecond];
  return { name, server, perSecond: clients * perSecond, command: port => command(port, clients) };
}

function streamed(name, mode, command) {
  return { name, server: [100, mode, tag, streamLength], command: port => command(port, 100) };
}

function node(script, ...more) {
  const file = fileURLToPath(new URL(`clients/${script}`, import.meta.url));
  return (port, clients) => [process.execPath, file, port, clients, ...more].map(String);
}

/** Everything that came was new, in order and sound. */
function judgeHot(printed) {
  const { delivered, duplicate, corrupt, reordered, gaps, sampled, invalid } = JSON.parse(printed);
  if (!(delivered > 0 && sampled > 0) || duplicate + corrupt + reordered + gaps + invalid > 0)
    throw new Error(`expected a stream without a fault, came:\n${printed}`);
}

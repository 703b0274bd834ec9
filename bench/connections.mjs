/**
 * What idle connections cost, and how fast they are opened: `node bench/connections.mjs 1000,10000 [workload] [role]`. The target is
 * another process. For each count a process of its own joins, and says its memory when hold has begun; the first count is the baseline,
 * a thousand at least, for who has fewer collects no garbage. With `ws` in place of a workload the same is done by `ws` alone, 64 at a
 * time.
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

const here = fileURLToPath(import.meta.url);
const [, , counts = '1000,10000', workload = 'connected', role = 'idle'] = process.argv;

if (process.send) {
  const held = JSON.parse(process.env.CROWD);
  const said = held.workload === 'ws' ? await holdBare(held) : await holdThem(held);
  process.send(said, () => process.exit());
} else {
  await measureAll();
}

async function measureAll() {
  const target = spawn(process.execPath, [
    fileURLToPath(new URL('crowd-target.mjs', import.meta.url)),
    '--workers',
    '1',
  ]);
  const [line] = await once(target.stdout.setEncoding('utf8'), 'data');
  let baseline;
  for (const count of counts.split(',').map(Number)) {
    const env = { ...process.env, CROWD: JSON.stringify({ url: line.trim(), count, workload, role }) };
    const child = fork(here, { env });
    const [said] = await once(child, 'message');
    await once(child, 'exit');
    const { connections, openedInUs, connectedInUs, cpuUs, memory } = said;
    const each = (of, unit) => ((of(said) - of(baseline)) / (connections - baseline.connections) / unit).toFixed(1);
    console.log(
      [
        `${connections} connections: ${rate(connections, openedInUs)}/s opened, ${rate(connections, connectedInUs)}/s joined`,
        `${Math.round(cpuUs / connections)} us of processor time each`,
        `memory ${(memory.rss / 1e6).toFixed(1)} MB`,
        ...(baseline
          ? [`${each(s => s.memory.rss, 1024)} KB each (objects in use ${each(s => s.memory.heapUsed, 1024)})`]
          : []),
      ].join('; '),
    );
    baseline ??= said;
  }
  target.kill();
}

function rate(connections, us) {
  return Math.round(connections / (us / 1e6));
}

/** As the tool leaves it: nothing is collected here that it does not collect itself. */
async function memoryNow() {
  await new Promise(resolve => setTimeout(resolve, 500));
  return process.memoryUsage();
}

async function holdThem({ url, count, workload: name, role: crowd }) {
  const { runLoad } = await import('../dist/src/load/engine/run-load.js');
  const { loadSuite } = await import('../dist/src/suites/load-suite.js');
  const { openUrlTarget } = await import('../dist/src/conformance/target/open-target.js');
  const suite = await loadSuite(fileURLToPath(new URL('crowd', import.meta.url)));
  const pack = suite.packFor({ limits: {}, timers: {}, values: {}, profile: undefined });
  const reportsFolder = mkdtempSync(join(tmpdir(), 'antiphon-bench-'));
  let memory;
  let begun;
  let cpuUs;
  const { results } = await runLoad({
    suite,
    workload: `crowd/workloads/${name}.yaml`,
    target: openUrlTarget({ pack, url, accountMode: 'token' }),
    variation: { roleCounts: { [crowd]: count } },
    reportsFolder,
    name,
    tool: 'bench',
    seed: 'bench',
    workers: 1,
    patienceUs: 60_000_000,
    signal: new AbortController().signal,
    progress: {
      phase(phase, { connections }) {
        if (phase === 'join') begun = process.cpuUsage();
        if (phase !== 'hold' || connections === 0) return;
        cpuUs = sum(process.cpuUsage(begun));
        memory = memoryNow();
      },
      second() {},
    },
  });
  rmSync(reportsFolder, { recursive: true });
  const { connections, openedInUs, connectedInUs } = results;
  return { connections, openedInUs, connectedInUs, cpuUs, memory: await memory };
}

async function holdBare({ url, count }) {
  const { collectGarbage } = await import('../dist/src/load/engine/collect-garbage.js');
  const begun = process.cpuUsage();
  const begunMs = performance.now();
  const held = [];
  const openSome = async () => {
    while (held.length < count) {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      held.push(socket);
      await once(socket, 'open');
    }
  };
  await Promise.all(Array.from({ length: 64 }, openSome));
  const openedInUs = (performance.now() - begunMs) * 1_000;
  const cpuUs = sum(process.cpuUsage(begun));
  await collectGarbage();
  return { connections: held.length, openedInUs, connectedInUs: openedInUs, cpuUs, memory: await memoryNow() };
}

function sum({ user, system }) {
  return user + system;
}

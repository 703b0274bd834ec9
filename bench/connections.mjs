/**
 * What idle connections cost, and how fast they are opened: `node bench/connections.mjs 100,10000 [workload]`. The target is another
 * process. For each count a process of its own joins, collects its garbage, and says its memory; the first count is the baseline.
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(import.meta.url);
const [, , counts = '100,10000', workload = 'connected', role = 'idle'] = process.argv;

if (process.send) await holdThem(JSON.parse(process.env.CROWD));
else await measureAll();

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
    const child = fork(here, { env, execArgv: ['--expose-gc'] });
    const [{ bytes, connections, joinedUs, heapBytes, outsideBytes }] = await once(child, 'message');
    await once(child, 'exit');
    const rate = Math.round(connections / (joinedUs / 1e6));
    const each = baseline && (bytes - baseline.bytes) / (connections - baseline.connections);
    const heapEach = baseline && (heapBytes - baseline.heapBytes) / (connections - baseline.connections);
    const outsideEach = baseline && (outsideBytes - baseline.outsideBytes) / (connections - baseline.connections);
    baseline ??= { bytes, connections, heapBytes, outsideBytes };
    console.log(
      `${connections} connections in ${(joinedUs / 1e6).toFixed(2)} s, ${rate}/s; memory ${(bytes / 1e6).toFixed(1)} MB` +
        (each
          ? `, ${(each / 1024).toFixed(1)} KB each (heap ${(heapEach / 1024).toFixed(1)}, buffers ${(outsideEach / 1024).toFixed(1)})`
          : ''),
    );
  }
  target.kill();
}

async function holdThem({ url, count, workload: name, role: crowd }) {
  const { runLoad } = await import('../dist/src/load/engine/run-load.js');
  const { loadSuite } = await import('../dist/src/suites/load-suite.js');
  const { openUrlTarget } = await import('../dist/src/conformance/target/open-target.js');
  const suite = await loadSuite(fileURLToPath(new URL('crowd', import.meta.url)));
  const pack = suite.packFor({ limits: {}, timers: {}, values: {}, profile: undefined });
  const reportsFolder = mkdtempSync(join(tmpdir(), 'antiphon-bench-'));
  let said;
  const measure = async () => {
    for (let k = 0; k < 4; k++) {
      globalThis.gc();
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    const { rss, heapUsed, external } = process.memoryUsage();
    return { bytes: rss, heapBytes: heapUsed, outsideBytes: external };
  };
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
        if (phase === 'hold' && connections > 0) said = measure();
      },
      second() {},
    },
  });
  rmSync(reportsFolder, { recursive: true });
  process.send({ ...(await said), connections: results.connections, joinedUs: results.connectedInUs }, () =>
    process.exit(),
  );
}

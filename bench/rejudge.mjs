/**
 * Re-judging: frames a second on one core, and the time and memory for a log of 100,000 frames.
 *
 *   node bench/rejudge.mjs <run directory> [frames]
 *
 * The log of a real run is written out again and again, with new execution numbers, until it has so many frames; then it is judged
 * in a process of its own, by the same code as `antiphon judge`.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const isFrame = event => event.event === 'item' || (event.event === 'written' && event.what === 'frame');

if (process.argv[2] === '--judge') await judge(process.argv[3]);
else await measure(process.argv[2], Number(process.argv[3] ?? 100_000));

async function measure(runDirectory, wantedFrames) {
  const lines = readFileSync(join(runDirectory, 'events.jsonl'), 'utf8').trimEnd().split('\n');
  const [header, ...events] = lines.slice(0, -1).map(line => JSON.parse(line));
  const frames = events.filter(isFrame).length;
  const copies = Math.ceil(wantedFrames / frames);
  const executions = Math.max(...events.map(event => event.x ?? 0)) + 1;
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-rejudge-'));
  const path = join(folder, 'events.jsonl');
  const file = createWriteStream(path);
  file.write(`${JSON.stringify(header)}\n`);
  for (let copy = 0; copy < copies; copy++) {
    for (const event of events) {
      const moved =
        event.x === undefined
          ? event
          : {
              ...event,
              x: event.x + copy * executions,
              ...(event.id === undefined ? {} : { id: `${event.id}*${copy + 1}` }),
            };
      if (!file.write(`${JSON.stringify(moved)}\n`)) await once(file, 'drain');
    }
  }
  file.end(`${JSON.stringify({ event: 'end', t: 0, reason: 'completed', events: events.length * copies })}\n`);
  await once(file, 'close');
  console.log(`log: ${frames * copies} frames, ${events.length * copies} events, ${executions * copies} executions`);
  for (let round = 0; round < 5; round++) {
    const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--judge', path], { encoding: 'utf8' });
    const { judgeMs, cpuMs, peakMb, verdict } = JSON.parse(child.stdout);
    console.log(
      `${Math.round((frames * copies) / (judgeMs / 1000))} frames/s, judged in ${judgeMs.toFixed(0)} ms (CPU ${cpuMs.toFixed(0)} ms), peak memory ${peakMb.toFixed(0)} MB, verdict ${verdict}`,
    );
  }
  rmSync(folder, { recursive: true });
}

async function judge(path) {
  const { judgeRun } = await import('../dist/src/judging/judge-run.js');
  const began = performance.now();
  const cpu = process.cpuUsage();
  const results = await judgeRun(path);
  const judgeMs = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    JSON.stringify({
      judgeMs,
      cpuMs: (user + system) / 1000,
      peakMb: process.resourceUsage().maxRSS / 1024,
      verdict: results.verdict,
      frames: results.counts.framesSent + results.counts.framesReceived,
      warmMs: await warm(path, judgeRun),
    }),
  );
}

/** The third time in one process: what the code costs once it is compiled. */
async function warm(path, judgeRun) {
  await judgeRun(path);
  const began = performance.now();
  await judgeRun(path);
  return performance.now() - began;
}

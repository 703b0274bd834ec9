/** One run in a process of its own, so that its memory can be told and it can be ended. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const child = fileURLToPath(new URL('run-suite.mjs', import.meta.url));

/** `ended`: `in time`, or how it went wrong. `passed`: ids of executions. */
export async function measureRun(run, deadlineMs) {
  const beganAt = performance.now();
  const process_ = spawn(process.execPath, [child, JSON.stringify(run)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let told = '';
  let complained = '';
  process_.stdout.setEncoding('utf8').on('data', text => {
    told += text;
  });
  process_.stderr.setEncoding('utf8').on('data', text => {
    complained = (complained + text).slice(-2_000);
  });
  let late = false;
  let peakMemoryMb = 0;
  const deadline = setTimeout(() => {
    late = true;
    peakMemoryMb = peakMemoryMbOf(process_.pid);
    // Its server ends when it sees that its parent is gone.
    process_.kill('SIGKILL');
  }, deadlineMs);
  const code = await new Promise(resolve => process_.once('close', resolve));
  clearTimeout(deadline);
  const seconds = Math.round((performance.now() - beganAt) / 100) / 10;
  const nothing = { executions: 0, passed: [], seconds, peakMemoryMb };
  if (late) return { ...nothing, ended: `it was still running after ${deadlineMs / 1000} s` };
  if (code !== 0) return { ...nothing, ended: `exit code ${code}: ${complained.trim()}` };
  return { ...JSON.parse(told), seconds, ended: 'in time' };
}

/** The most that the process ever held; 0 where the system does not tell. */
function peakMemoryMbOf(pid) {
  try {
    const [, kiB] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Math.round(Number(kiB) / 1024);
  } catch {
    return 0;
  }
}

/**
 * What we started does not outlive us. A server of ours (`serve --parent`) sees to that itself; a foreign one is killed here, when
 * this process exits or a signal ends it. Nothing can be done when it is killed with SIGKILL.
 */
import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/** Kills the child when this process ends, unless it has ended before. */
export function endWithUs(child: ChildProcess): void {
  // It could not be started.
  if (child.pid === undefined) return;
  if (running.size === 0) listen();
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    if (running.size === 0) stopListening();
  });
}

function listen(): void {
  process.on('exit', killAll);
  for (const signal of signals) process.on(signal, ended);
}

function stopListening(): void {
  process.off('exit', killAll);
  for (const signal of signals) process.off(signal, ended);
}

function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Whoever else listens decides whether this process ends, and then it exits. If nobody does, it ends as if we did not listen either. */
function ended(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  killAll();
  stopListening();
  process.kill(process.pid, signal);
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { AntiphonError } from '../../foundation/errors.ts';
import { endWithUs } from './end-with-us.ts';

/** A server that we started, in its own process. Ended by its id, never by name; it does not outlive us. */
export interface Child {
  readonly process: ChildProcess;
  /** What it printed last, for messages. */
  output(): string;
  /** Resolves with the first line of its output that `wanted` accepts; rejects when it ends or the time is over. */
  line<T>(wanted: (line: string) => T | undefined, withinMs: number): Promise<T>;
  stop(signal: NodeJS.Signals, withinMs: number): Promise<void>;
}

const keptCharacters = 4_000;

export function startChild(
  command: readonly string[],
  options: {
    readonly env: Readonly<Record<string, string>>;
    readonly cwd?: string;
    /** Hears all that it prints, to its last line: `stop` waits for that. */
    readonly onLine?: (line: string) => void;
  },
): Child {
  const [file, ...args] = command;
  const child = spawn(file!, args, {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  endWithUs(child);
  let output = '';
  let partial = '';
  let ended: string | undefined;
  const listeners = new Set<(line: string | undefined) => void>();
  const lines: string[] = [];

  function heard(chunk: string): void {
    output = (output + chunk).slice(-keptCharacters);
    const parts = (partial + chunk).split('\n');
    partial = parts.pop()!;
    for (const line of parts) {
      lines.push(line);
      if (lines.length > 200) lines.shift();
      options.onLine?.(line);
      for (const listener of [...listeners]) listener(line);
    }
  }

  function gone(how: string): void {
    ended ??= how;
    for (const listener of [...listeners]) listener(undefined);
  }

  child.stdout.setEncoding('utf8').on('data', heard);
  child.stderr.setEncoding('utf8').on('data', heard);
  child.on('error', error => gone(error.message));
  child.on('exit', (code, signal) => gone(signal ? `it was ended by ${signal}` : `it ended with code ${code}`));

  const commandText = command.join(' ');
  const failed = (why: string) =>
    new AntiphonError(
      'target',
      'target-not-started',
      `The target was expected to start with \`${commandText}\`; ${why}.${output ? ` It printed: ${output.trim().slice(-600)}` : ''}`,
    );

  return {
    process: child,
    output: () => output,
    line(wanted, withinMs) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => finish(() => reject(failed(`it was not ready within ${withinMs} ms`))),
          withinMs,
        );
        function finish(settle: () => void): void {
          clearTimeout(timer);
          listeners.delete(hear);
          settle();
        }
        function hear(line: string | undefined): void {
          if (line === undefined) return finish(() => reject(failed(ended!)));
          const found = wanted(line);
          if (found !== undefined) finish(() => resolve(found));
        }
        listeners.add(hear);
        for (const line of lines) {
          if (!listeners.has(hear)) return;
          hear(line);
        }
        if (ended !== undefined && listeners.has(hear)) hear(undefined);
      });
    },
    async stop(signal, withinMs) {
      if (ended !== undefined) return;
      const end = once(child, options.onLine ? 'close' : 'exit');
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
      await end;
      clearTimeout(timer);
    },
  };
}

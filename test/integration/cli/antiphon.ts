import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const mainFile = fileURLToPath(new URL('../../../dist/src/cli/main.js', import.meta.url));
export const echoPack = fileURLToPath(new URL('echo-pack', import.meta.url));

export interface Ended {
  /** null: a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The real binary, started; ended at the end of the test if it is still there. */
export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the first line of standard output that matches; rejects if the process ends without one. */
  line(pattern: RegExp): Promise<string>;
}

export function startAntiphon(args: readonly string[], { cwd, env = {} }: Surroundings = {}): Running {
  const { NO_COLOR: _, FORCE_COLOR: __, ...plainEnv } = process.env;
  const child = spawn(process.execPath, [mainFile, ...args], { cwd, env: { ...plainEnv, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text;
    child.emit('heard');
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code, stdout, stderr }));
  onTestFinished(async () => {
    if (child.exitCode === null) child.kill('SIGKILL');
    await ended;
  });
  return {
    process: child,
    ended,
    line: pattern =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = stdout.split('\n').find(line => pattern.test(line));
          if (found !== undefined) resolve(found);
        };
        child.on('heard', look);
        child.on('close', () => reject(new Error(`ended without a line like ${pattern}: ${stdout}${stderr}`)));
        look();
      }),
  };
}

export function antiphon(args: readonly string[], surroundings?: Surroundings): Promise<Ended> {
  return startAntiphon(args, surroundings).ended;
}

/** A folder of its own for each test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'antiphon-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import type { LogLine } from '../../../src/evidence/events.ts';
import type { ExecutionResult, Results } from '../../../src/evidence/results.ts';
import { judgeRun } from '../../../src/judging/judge-run.ts';
import { renderJson } from '../../../src/reporters/json.ts';

/** The command as it is shipped: `npm run build` makes it. */
const command = resolve(import.meta.dirname, '../../../dist/src/cli/main.js');

/** Tells the most memory that the process ever held, in KiB, when it ends. */
const tellPeak = `data:text/javascript,import{writeFileSync}from"node:fs";process.on("exit",()=>writeFileSync(process.env.PEAK_FILE,String(process.resourceUsage().maxRSS)))`;

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The most that may be written into one file: as a full disk. */
  readonly fileMaxKiB?: number;
  /** Nobody reads what it prints. */
  readonly closePipes?: boolean;
  /** Whoever takes longer hangs: it is killed, and the test fails. */
  readonly withinMs?: number;
  /** Called with the process as soon as there is one. */
  readonly started?: (process: RunningProcess) => void;
}

export interface RunningProcess {
  readonly id: number;
  kill(signal: NodeJS.Signals): void;
  /** Resolves once standard error has this text in it. */
  said(text: string): Promise<void>;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
  readonly peakBytes: number;
}

/** Runs `antiphon` in a process of its own, to its end. */
export async function antiphon(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { env = {}, cwd, fileMaxKiB, closePipes, withinMs = 50_000, started } = options;
  const beganAt = performance.now();
  const peakFile = join(temporaryFolder(), 'peak');
  const node = [process.execPath, '--import', tellPeak, command, ...args];
  // Without the trap the signal would end the process; with it the write fails. A block of `ulimit -f` has 512 bytes in sh.
  const limited = ['sh', '-c', `trap '' XFSZ; ulimit -f ${2 * (fileMaxKiB ?? 0)}; exec "$@"`, 'sh', ...node];
  const [file, ...all] = fileMaxKiB === undefined ? node : limited;
  const child = spawn(file!, all, {
    env: { PATH: process.env.PATH, NO_COLOR: '1', PEAK_FILE: peakFile, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  let stdout = '';
  let stderr = '';
  if (closePipes) for (const pipe of [child.stdout, child.stderr]) pipe.destroy();
  const waiting: { readonly text: string; readonly resolve: () => void }[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const each of waiting) if (stderr.includes(each.text)) each.resolve();
  });
  const said = (text: string) =>
    new Promise<void>(resolve => (stderr.includes(text) ? resolve() : waiting.push({ text, resolve })));
  started?.({ id: child.pid!, kill: signal => void child.kill(signal), said });
  const watchdog = setTimeout(() => child.kill('SIGKILL'), withinMs);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(resolve =>
    child.once('close', (...how) => resolve(how)),
  );
  clearTimeout(watchdog);
  const tookMs = performance.now() - beganAt;
  if (tookMs > withinMs) throw new Error(`it did not end within ${withinMs} ms; it printed:\n${stdout}${stderr}`);
  const peakBytes = existsSync(peakFile) ? Number(readFileSync(peakFile, 'utf8')) * 1024 : 0;
  return { code, signal, stdout, stderr, tookMs, peakBytes };
}

export interface Run extends Ended {
  /** The folder of the run. */
  readonly folder: string;
  readonly results: Results;
  /** By the name of its case, or of its scenario file without `.yaml`. */
  execution(name: string): ExecutionResult;
}

/**
 * `antiphon test` that has to leave results behind, whatever happened. What holds for every run is asked here: it ends in time,
 * it does not call itself defective, and its log, judged again, gives the same bytes.
 */
export async function testRun(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const reports = join(temporaryFolder(), 'reports');
  const ended = await antiphon(['test', ...args, '--reports', reports], options);
  const told = `exit code ${ended.code} ${ended.signal}\n${ended.stdout}${ended.stderr}`;
  if (ended.code === 70 || ended.code === null) throw new Error(`it is defective: ${told}`);
  const [name] = existsSync(reports) ? readdirSync(reports) : [];
  if (name === undefined) throw new Error(`it left nothing behind: ${told}`);
  const folder = join(reports, name);
  const text = readFileSync(join(folder, 'results.json'), 'utf8');
  if (renderJson(await judgeRun(folder)) !== text) throw new Error(`judged again, ${folder} gives other results`);
  const results = JSON.parse(text) as Results;
  const execution = (wanted: string): ExecutionResult => {
    const found = results.executions.find(each => (each.case ?? /([\w-]+)\.yaml$/.exec(each.scenario)![1]) === wanted);
    if (!found) throw new Error(`no execution is called ${wanted}: ${told}`);
    return found;
  };
  return { ...ended, folder, results, execution };
}

/** What failed in an execution: `check kind: message`, without the port. What is not testable only repeats it. */
export function failuresOf({ failures }: ExecutionResult): readonly string[] {
  return failures
    .filter(({ kind }) => kind !== 'not-testable')
    .map(({ check, kind, message }) => `${check} ${kind}: ${message}`.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST'));
}

/** What a report shows of the last thing that happened before the first failure. */
export function evidenceOf({ failures }: ExecutionResult): string {
  return failures[0]?.lanes.at(-1)?.text ?? '';
}

/** The whole lines of a log. */
export function logOf(folder: string): readonly LogLine[] {
  const lines = readFileSync(join(folder, 'events.jsonl'), 'utf8').split('\n').slice(0, -1);
  return lines.map(line => JSON.parse(line) as LogLine);
}

/** A folder that is gone when the tests of the file are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-hostile-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  folders.add(remove);
  return folder;
}

const folders = new Set<() => void>();
afterAll(() => {
  for (const remove of folders) remove();
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readLogText } from '../../../src/evidence/log-reader.ts';
import { answeringServer } from './answering-server.ts';
import { listenRaw } from './raw-peers.ts';
import { antiphon, failuresOf, logOf, type RunningProcess, temporaryFolder, testRun } from './run-antiphon.ts';
import { askingOn, writePack, writeTarget } from './small-pack.ts';

/** Answers so many asks, then calls and is silent. */
async function answerThen(asks: number, then: () => void): Promise<number> {
  let asked = 0;
  return listenRaw(socket => {
    let rest = '';
    socket.on('data', bytes => {
      const parts = (rest + bytes.toString('utf8')).split('\n');
      rest = parts.pop()!;
      for (const line of parts) {
        const { type, id } = JSON.parse(line) as { readonly type: string; readonly id: string };
        if (type === 'ping') socket.write(`{"type":"pong","id":"${id}"}\n`);
        else if (++asked <= asks) socket.write(`{"type":"answer","id":"${id}"}\n`);
        else if (asked === asks + 1) then();
      }
    });
  });
}

const pack = () => writePack({ 'ask.yaml': askingOn('lines') });

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the run where it is, and what ran is reported', async signal => {
  let running: RunningProcess | undefined;
  const port = await answerThen(5, () => running!.kill(signal));
  const started = (process: RunningProcess) => {
    running = process;
  };
  const options = ['--target', `tcp://127.0.0.1:${port}`, '--repeat', '9', '--jobs', '1', '--timeout', '30s'];
  const run = await testRun([pack(), ...options], { started });
  expect(run.code).toBe(130);
  // It waits for no patience.
  expect(run.tookMs).toBeLessThan(30_000);
  expect(run.results.complete).toBe(false);
  expect(run.results.cut).toBe('the run was interrupted');
  expect(run.results.executions.map(({ verdict }) => verdict)).toEqual([
    ...Array(5).fill('pass'),
    'inconclusive',
    ...Array(3).fill('not-run'),
  ]);
  expect(existsSync(join(run.folder, 'junit.xml'))).toBe(true);
  expect(run.stderr).toContain('Interrupted: reporting what ran. Once more ends it at once.');
  expect(run.stdout).toContain('the run was interrupted');
  expect(logOf(run.folder).at(-1)).toMatchObject({ event: 'end', reason: 'interrupted' });
});

/** A server that does not want to end. It writes its process id into the file that is its argument. */
const stubborn = `
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
  setInterval(() => {}, 1000);
  require('node:fs').writeFileSync(process.argv[1], String(process.pid));
  console.log('ready');`;

/** The process id in a file; that process is gone when the test is over. */
function processIn(file: string): number {
  const pid = Number(readFileSync(file, 'utf8'));
  onTestFinished(() => void (isAlive(pid) && process.kill(pid, 'SIGKILL')));
  return pid;
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a second %s ends it at once, and leaves no server behind that it had started',
  async signal => {
    let running: RunningProcess | undefined;
    const port = await answerThen(0, () => running!.kill(signal));
    const pidFile = join(temporaryFolder(), 'pid');
    const command = JSON.stringify([process.execPath, '-e', stubborn, pidFile]);
    const start = `start: { command: ${command}, ready: { output: ready }, stop: { signal: SIGTERM, within: 60 s } }\n`;
    const target = writeTarget({ lines: `tcp://127.0.0.1:${port}` }, start);
    const options = ['--target', target, '--timeout', '30s', '--reports', temporaryFolder()];
    const { code, tookMs } = await antiphon(['test', pack(), ...options], {
      started(process) {
        running = process;
        void process.said('Interrupted').then(() => process.kill(signal));
      },
    });
    const server = processIn(pidFile);
    expect(code).toBe(130);
    // It waits neither for patience nor for the server.
    expect(tookMs).toBeLessThan(30_000);
    await untilTrue(() => !isAlive(server));
  },
);

const startAndEnd: readonly (readonly [
  how: string,
  end: string,
  code: number | null,
  signal: NodeJS.Signals | null,
])[] = [
  ['by SIGTERM', "process.kill(process.pid, 'SIGTERM')", null, 'SIGTERM'],
  ['by SIGINT', "process.kill(process.pid, 'SIGINT')", null, 'SIGINT'],
  ['by SIGHUP', "process.kill(process.pid, 'SIGHUP')", null, 'SIGHUP'],
  ['by itself', 'process.exit(7)', 7, null],
  ['by an exception', "setImmediate(() => { throw new Error('on purpose'); })", 1, null],
];

test.each(startAndEnd)(
  'a program that starts servers and is ended %s ends as it would, and leaves none behind',
  async (_, end, code, signal) => {
    const pidFile = join(temporaryFolder(), 'pid');
    const program = `
      import { startChild } from ${JSON.stringify(resolve(import.meta.dirname, '../../../dist/src/conformance/target/child.js'))};
      const child = startChild([process.execPath, '-e', ${JSON.stringify(stubborn)}, ${JSON.stringify(pidFile)}], { env: {} });
      await child.line(line => line === 'ready' || undefined, 10_000);
      ${end}`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
    const how = await once(starter, 'exit');
    const server = processIn(pidFile);
    expect(how).toEqual([code, signal]);
    await untilTrue(() => !isAlive(server));
  },
);

test.each([0, 3, 40])(
  'SIGKILL after %i answers leaves a log that can be judged, and says that it was cut',
  async asks => {
    const reports = temporaryFolder();
    let running: RunningProcess | undefined;
    const port = await answerThen(asks, () => running!.kill('SIGKILL'));
    const options = ['--target', `tcp://127.0.0.1:${port}`, '--repeat', '50', '--jobs', '4', '--timeout', '30s'];
    const ended = await antiphon(['test', pack(), ...options, '--reports', reports], {
      started(process) {
        running = process;
      },
    });
    expect(ended.signal).toBe('SIGKILL');
    const folder = join(reports, readdirSync(reports)[0]!);
    const judged = await antiphon(['judge', folder]);
    expect({ code: judged.code, stdout: judged.stdout }).toEqual({
      code: 4,
      stdout: expect.stringContaining('the event log ends without a footer after line'),
    });
    const results = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as {
      complete: boolean;
      verdict: string;
    };
    expect(results).toMatchObject({ complete: false, verdict: 'inconclusive' });
  },
);

test('a log that was cut anywhere is judged to its last whole line', async () => {
  const port = await answerThen(9, () => {});
  const run = await testRun([pack(), '--target', `tcp://127.0.0.1:${port}`, '--repeat', '3']);
  const whole = readFileSync(join(run.folder, 'events.jsonl'));
  const headerBytes = whole.indexOf('\n') + 1;
  for (let size = headerBytes; size < whole.length - 1; size++) {
    const { events, end } = readLogText(whole.subarray(0, size));
    expect([...events].length).toBeLessThan(logOf(run.folder).length);
    expect(end().cut).toContain('ends without a footer');
  }
});

test('the bundled server does not outlive a runner that was killed', async () => {
  const reports = temporaryFolder();
  let pid = 0;
  const ended = await antiphon(['test', 'gradagenda', '--reports', reports, '--repeat', '50'], {
    started(process) {
      pid = process.id;
      const running = () => serversOf(pid).length > 0 && readdirSync(reports).length > 0;
      void untilTrue(running).then(() => process.kill('SIGKILL'));
    },
  });
  expect(ended.signal).toBe('SIGKILL');
  await untilTrue(() => serversOf(pid).length === 0);
});

test('SIGKILL of the target in the middle of a run: what it did until then stands, and nothing more is run', async () => {
  const server = spawn(process.execPath, ['-e', answeringServer], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void server.kill('SIGKILL'));
  const options = ['--target', `tcp://127.0.0.1:${await portOf(server)}`, '--repeat', '400', '--jobs', '2'];
  const started = (process: RunningProcess) => void process.said('100/400').then(() => server.kill('SIGKILL'));
  const run = await testRun([pack(), ...options, '--timeout', '1s'], { started });
  expect(run.code).toBe(3);
  expect(run.results).toMatchObject({ complete: false, cut: 'the target could not be reached any more' });
  const { passed, failed, notRun, executions } = run.results.counts;
  expect(passed).toBeGreaterThanOrEqual(100);
  expect(failed).toBeGreaterThan(0);
  expect(passed + failed + notRun).toBe(executions);
  const failures = run.results.executions.filter(({ verdict }) => verdict === 'fail').flatMap(failuresOf);
  for (const failure of failures)
    expect(failure).toMatch(
      /the connection was closed( \(ECONNRESET\))?$|the connection was refused \(.* (ECONNREFUSED|ECONNRESET) /,
    );
});

async function portOf(server: ChildProcess): Promise<number> {
  const [bytes] = (await once(server.stdout!, 'data')) as [Buffer];
  return Number(/port (\d+)/.exec(String(bytes))![1]);
}

/** Processes that were started for this one, by what their command line says. */
function serversOf(pid: number): readonly string[] {
  return readdirSync('/proc').filter(name => {
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(`--parent\0${pid}\0`);
    } catch {
      return false;
    }
  });
}

/** Looks again in every turn that the machine grants. */
async function untilTrue(holds: () => boolean, withinMs = 20_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('it did not come true');
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** Not if it has ended and only waits for somebody to ask how: whoever adopts orphans may not. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/**
 * Runs a client against `lab/traffic` and says what one message costs it: processor time of the client, as the system counts it, by
 * messages that the server has written in the same seconds. Client and server have a processor each, where there are two.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { compile } from './compile.mjs';
import { cpuMsOf } from './process-cpu.mjs';

let traffic;

/** By then a client's code is compiled. */
export const warmSeconds = 6;

/**
 * `command` makes the client's command line of the port. It counts from when the server has written enough of what is expected for so
 * long that the client is warm. One that `ends` by itself is waited for; `judge` gets what it has printed, and throws if that is not as
 * it must be.
 */
export async function measureClient(
  { name, server, perSecond = 1, command, ends = false, judge = () => {} },
  seconds,
  steadyShare,
) {
  traffic ??= compile('traffic');
  const serving = startPinned(0, [traffic, ...server.map(String)]);
  const lines = createInterface({ input: serving.stdout })[Symbol.asyncIterator]();
  const { port } = JSON.parse((await lines.next()).value);
  const client = startPinned(1, command(port));
  let printed = '';
  for (const stream of [client.stdout, client.stderr]) stream.on('data', data => (printed += data));
  const ended = once(client, 'exit');
  const messages = async () => {
    if (client.exitCode !== null) throw new Error(`${name} has ended too early:\n${printed}`);
    const { value } = await Promise.race([lines.next(), ended.then(() => ({ value: '{}' }))]);
    return JSON.parse(value).messages ?? messages();
  };
  try {
    let before = await messages();
    for (let steady = 0; steady < warmSeconds; ) {
      const now = await messages();
      steady = now - before > steadyShare * perSecond ? steady + 1 : 0;
      before = now;
    }
    const cpuBeforeMs = cpuMsOf(client.pid);
    const begunMs = performance.now();
    let now = before;
    for (let second = 0; second < seconds; second++) now = await messages();
    const cpuMs = cpuMsOf(client.pid) - cpuBeforeMs;
    const elapsedMs = performance.now() - begunMs;
    if (!ends) client.kill('SIGTERM');
    await ended;
    judge(printed);
    return {
      cpuUsOfMessage: (cpuMs * 1_000) / (now - before),
      cpuShare: cpuMs / elapsedMs,
      messagesPerSecond: ((now - before) * 1_000) / elapsedMs,
    };
  } finally {
    client.kill('SIGKILL');
    serving.kill('SIGTERM');
  }
}

function startPinned(processor, [program, ...args]) {
  const pinned = availableParallelism() > 1 ? ['taskset', '-c', String(processor)] : [];
  const [first, ...rest] = [...pinned, program, ...args];
  return spawn(first, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
}

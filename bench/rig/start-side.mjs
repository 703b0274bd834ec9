/**
 * One side of a comparison: a client against a `lab/traffic` of its own. Client and server have a processor each, where there are two.
 * The server tells each second how many messages it has written.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { compile } from './compile.mjs';
import { cpuMsOf } from './process-cpu.mjs';

let traffic;

/**
 * `command` makes the client's command line of the port. One that `ends` by itself is waited for; `judge` gets what it has printed, and
 * throws if that is not as it must be.
 */
export async function startSide({ name, server, command, ends = false, judge = () => {} }) {
  traffic ??= compile('traffic');
  const serving = startPinned(0, [traffic, ...server.map(String)]);
  const lines = createInterface({ input: serving.stdout });
  const [first] = await once(lines, 'line');
  const client = startPinned(1, command(JSON.parse(first).port));
  const ended = once(client, 'exit');
  let printed = '';
  for (const stream of [client.stdout, client.stderr]) stream.on('data', data => (printed += data));

  /** How many messages have been written, as the server tells next. */
  async function messages() {
    const [line] = await Promise.race([once(lines, 'line'), ended]);
    if (client.exitCode !== null || client.signalCode !== null)
      throw new Error(`${name} has ended too early:\n${printed}`);
    return JSON.parse(line).messages;
  }

  return {
    name,
    messages,
    /** The server writes nothing until it goes on. */
    pause: () => serving.kill('SIGSTOP'),
    goOn: () => serving.kill('SIGCONT'),
    /** What a message costs the client in the next seconds, and how many come in one. */
    async measure(seconds) {
      const before = await messages();
      const cpuBeforeMs = cpuMsOf(client.pid);
      const begunMs = performance.now();
      let now = before;
      for (let second = 0; second < seconds; second++) now = await messages();
      const cpuMs = cpuMsOf(client.pid) - cpuBeforeMs;
      const elapsedMs = performance.now() - begunMs;
      return {
        cpuUsOfMessage: (cpuMs * 1_000) / (now - before),
        cpuShare: cpuMs / elapsedMs,
        messagesPerSecond: ((now - before) * 1_000) / elapsedMs,
      };
    },
    async end() {
      if (!ends) client.kill('SIGTERM');
      await ended;
      judge(printed);
    },
    kill() {
      client.kill('SIGKILL');
      serving.kill('SIGKILL');
    },
  };
}

function startPinned(processor, [program, ...args]) {
  const pinned = availableParallelism() > 1 ? ['taskset', '-c', String(processor)] : [];
  const [first, ...rest] = [...pinned, program, ...args];
  return spawn(first, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
}

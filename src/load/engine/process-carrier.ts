import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../../foundation/errors.ts';
import { type Carrier, createCarriage } from './carrier.ts';
import type { FromWorker } from './worker-protocol.ts';

/** A worker in a process of its own. It ends by itself when the line to us is cut, however we come to our end. */
export function startProcess(program: URL): Carrier {
  const child = fork(fileURLToPath(program), { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  // A word to a process that has just ended: its end is told by itself.
  const carriage = createCarriage(message => void child.send(message, () => {}));
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', text => carriage.printed(String(text)));
  child.on('message', message => carriage.hear(message as FromWorker));
  child.on('error', error => carriage.ended(`its process could not be reached: ${messageOf(error)}`));
  // Not `exit`: by `close` all that it has said and printed is here.
  child.on('close', (code, signal) =>
    carriage.ended(
      `its process ${child.pid} ended ${signal === null ? `with code ${code}` : `by the signal ${signal}`}`,
    ),
  );
  return {
    port: carriage.port,
    async stop() {
      carriage.close();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      if (child.connected) child.disconnect();
      const impatient = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(impatient);
    },
  };
}

/** Long enough to close connections; a worker that hangs must not hold up the end of the run. */
const graceMs = 2_000;

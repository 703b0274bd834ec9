import { Worker } from 'node:worker_threads';
import { messageOf } from '../../foundation/errors.ts';
import { type Carrier, createCarriage } from './carrier.ts';
import type { FromWorker } from './worker-protocol.ts';

/** A worker in a thread of this process. */
export function startThread(program: URL): Carrier {
  const thread = new Worker(program, { stdout: true, stderr: true });
  const carriage = createCarriage(message => thread.postMessage(message));
  for (const stream of [thread.stdout, thread.stderr]) stream.on('data', text => carriage.printed(String(text)));
  thread.on('message', (message: FromWorker) => carriage.hear(message));
  thread.on('error', error => carriage.ended(`its thread ended with an error: ${messageOf(error)}`));
  thread.on('exit', code => carriage.ended(`its thread ended with code ${code}`));
  return {
    port: carriage.port,
    async stop() {
      carriage.close();
      await thread.terminate();
    },
  };
}

/** Entry of a process that owns sockets: `serving/with-workers.ts` starts it. */
import { Socket } from 'node:net';
import { findProtocol } from './protocols.ts';
import { type Link, openLink } from './serving/link.ts';
import { startWorker, type Worker } from './serving/worker.ts';
import type { FromWorker, ToWorker } from './serving/worker-messages.ts';

// Ctrl-C and its like are for the process of the domain, which tells us when to end; if it dies, the pipe ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

let worker: Worker | undefined;
const link: Link<FromWorker> = openLink<ToWorker, FromWorker>(new Socket({ fd: 4 }), {
  heard(message, bytes) {
    if (message.kind === 'assign') worker = startWorker(findProtocol(message.protocol), message, link);
    else worker?.hear(message, bytes);
  },
  drained: () => worker?.drained(),
  closed: () => process.exit(0),
});

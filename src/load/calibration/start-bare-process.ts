import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AntiphonError } from '../../foundation/errors.ts';
import type { BareTopology } from './bare-topology.ts';

export interface BareProcess {
  readonly port: number;
  readonly processId: number;
  stop(): void;
}

/** The bare server in a process of its own, so that its work is not counted as ours. It ends with us. */
export async function startBareProcess(topology: BareTopology): Promise<BareProcess> {
  const file = fileURLToPath(new URL(`./bare-server-process${extname(import.meta.url)}`, import.meta.url));
  const child = fork(file, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
  const gone = new Promise<never>((_, reject) => {
    child.once('error', cause => reject(notStarted(cause.message)));
    child.once('exit', code => reject(notStarted(`it ended with code ${code}`)));
  });
  gone.catch(() => {});
  child.send(topology);
  const [{ port }] = (await Promise.race([once(child, 'message'), gone])) as [{ port: number }];
  return {
    port,
    processId: child.pid!,
    stop() {
      if (child.connected) child.disconnect();
    },
  };
}

function notStarted(why: string): AntiphonError {
  return new AntiphonError('ours', 'bare-server-not-started', `The bare server was expected to start; ${why}.`);
}

import type { Carrier } from './carrier.ts';
import { startWorker } from './start-worker.ts';
import type { WorkerSurroundings } from './worker.ts';
import type { FromWorker, ToWorker } from './worker-protocol.ts';

/** A worker in this thread. A message is heard in a later turn, as it is from everywhere else. */
export function startHere(surroundings: WorkerSurroundings): Carrier {
  let hearOfWorker: (message: FromWorker) => void = () => {};
  let hearOfController: (message: ToWorker) => void = () => {};
  startWorker(
    {
      post: message => void setImmediate(() => hearOfWorker(message)),
      listen: hear => {
        hearOfController = hear;
      },
    },
    surroundings,
  );
  return {
    port: {
      post: message => void setImmediate(() => hearOfController(message)),
      listen: hear => {
        hearOfWorker = hear;
      },
    },
    stop: () => Promise.resolve(),
  };
}

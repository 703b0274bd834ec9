import type { ControllerPort, FromWorker, ToWorker, WorkerPort } from './worker-protocol.ts';

/** The two sides of a worker in this process. A message is heard in a later turn, as it is from everywhere else. */
export function createPortPair(): { readonly controller: ControllerPort; readonly worker: WorkerPort } {
  let hearOfWorker: (message: FromWorker) => void = () => {};
  let hearOfController: (message: ToWorker) => void = () => {};
  return {
    controller: {
      post: message => void setImmediate(() => hearOfController(message)),
      listen: hear => {
        hearOfWorker = hear;
      },
    },
    worker: {
      post: message => void setImmediate(() => hearOfWorker(message)),
      listen: hear => {
        hearOfController = hear;
      },
    },
  };
}

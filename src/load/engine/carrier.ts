/** Where a worker runs, as the controller sees it: a port to it, and a way to end it. The worker itself does not know. */
import type { ControllerPort, FromWorker, ToWorker } from './worker-protocol.ts';

export interface Carrier {
  readonly port: ControllerPort;
  /** Ends it, whatever it does; resolves when it is gone. */
  stop(): Promise<void>;
}

/** Where the workers of a run are: in this process and thread, in threads of it, or in processes. */
export type Placement = 'here' | 'threads' | 'processes';

/** What a thread and a process have in common: messages in order, the last words it printed, and one word of its end. */
export function createCarriage(post: (message: ToWorker) => void) {
  let hear: (message: FromWorker) => void = () => {};
  let isOver = false;
  let printed = '';
  return {
    port: {
      post(message: ToWorker) {
        if (!isOver) post(message);
      },
      listen(listener: (message: FromWorker) => void) {
        hear = listener;
      },
    },
    hear(message: FromWorker) {
      if (!isOver) hear(message);
    },
    /** What it prints would disturb the view of the run; the end of it may say why it ended. */
    printed(text: string) {
      printed = (printed + text).slice(-mostPrinted);
    },
    /** It is gone. If nobody wanted that, the controller is told. */
    ended(how: string) {
      if (isOver) return;
      isOver = true;
      const lastWords = printed.trim().split('\n').filter(isTelling).at(-1);
      hear({ tell: 'gone', how: lastWords === undefined ? how : `${how}: ${lastWords.trim()}` });
    },
    /** From now on its end is ours. */
    close() {
      isOver = true;
    },
  };
}

const mostPrinted = 4_096;

/** Of what Node prints of an error that nobody caught: neither its place nor Node's own version. */
function isTelling(line: string): boolean {
  return line.trim() !== '' && !/^\s+at |^Node\.js v|^\s*\^+\s*$|^}$/.test(line);
}

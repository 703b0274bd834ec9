import { connectOptionsFor, type TargetReach } from '../../drive/connect-options.ts';
import type { DriveTarget } from '../../drive/drive-execution.ts';
import type { Pack } from '../../foundation/pack.ts';
import type { Value } from '../../foundation/value.ts';
import type { FromWorker, Question, ToWorker } from './worker-protocol.ts';

type Answer = Extract<ToWorker, { tell: 'answer' }>;

export interface ToldTarget extends DriveTarget {
  answer(answer: Answer): void;
}

/** A target that this worker only knows by hearsay: it connects by itself, and asks the controller for all else. */
export function createToldTarget(pack: Pack, reach: TargetReach, post: (message: FromWorker) => void): ToldTarget {
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  function ask(question: Question): Promise<Value> {
    const id = ++asked;
    post({ tell: 'ask', id, question });
    return new Promise((resolve, reject) => {
      waiting.set(id, ({ value = null, failed }) => {
        if (failed === undefined) resolve(value);
        else reject(new Error(failed));
      });
    });
  }
  return {
    connectOptions: (transport, action) => connectOptionsFor(pack, reach, transport, action),
    fetch: (source, parameters) => ask({ ask: 'fetch', source, parameters }),
    async restart() {
      await ask({ ask: 'restart' });
    },
    answer(answer) {
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    },
  };
}

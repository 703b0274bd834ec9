/** A time limit of a connection. */
export interface Deadline {
  cancel(): void;
}

/**
 * Due only after all sockets that can be read have been: if this process stood still meanwhile, what has arrived in time
 * counts (language, section 8). It grows by what `lagUs`, all lag of this process so far, has grown meanwhile.
 */
export function startDeadline(afterMs: number, onDue: () => void, lagUs: () => number = noLag): Deadline {
  let timer: NodeJS.Timeout;
  let drained: NodeJS.Immediate | undefined;
  function arm(delayMs: number, begunUs: number, extensions: number): void {
    timer = setTimeout(() => {
      const nowUs = lagUs();
      if (nowUs > begunUs && extensions > 0) arm((nowUs - begunUs) / 1000, nowUs, extensions - 1);
      else drained = setImmediate(onDue);
    }, delayMs);
  }
  arm(afterMs, lagUs(), mostExtensions);
  return {
    cancel() {
      clearTimeout(timer);
      clearImmediate(drained);
    },
  };
}

const noLag = () => 0;

/** As for patience: a process that does nothing but lag must not wait for ever. */
const mostExtensions = 4;

/** How a server learns that it is to end: a signal, or that the process it was started for is gone. */

export interface EndOptions {
  /** Id of the process that this one was started for. */
  readonly parent: number | undefined;
}

/** Resolves once. A second signal ends the process at once, as if nobody listened. */
export function waitForEnd({ parent }: EndOptions): Promise<void> {
  return new Promise(resolve => {
    const signals: readonly NodeJS.Signals[] = parent === undefined ? ['SIGTERM', 'SIGINT'] : ['SIGTERM'];
    // Ctrl-C reaches every process of a terminal; the parent wants us until it has ended what still runs.
    const ignore = () => {};
    if (parent !== undefined) process.on('SIGINT', ignore);
    const watch = parent === undefined ? undefined : setInterval(() => isGone(parent) && end(), betweenLooksMs);
    for (const signal of signals) process.on(signal, end);

    function end(): void {
      clearInterval(watch);
      for (const signal of signals) process.off(signal, end);
      process.off('SIGINT', ignore);
      resolve();
    }
  });
}

/** Killed parents send no signal. Where orphans are adopted the parent's id changes; else (Windows) its id is asked for. */
function isGone(parent: number): boolean {
  if (process.platform !== 'win32') return process.ppid !== parent;
  try {
    process.kill(parent, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

const betweenLooksMs = 250;

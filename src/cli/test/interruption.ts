import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

export interface Interruption {
  readonly signal: AbortSignal;
  /** Signals have their usual effect again. */
  stopListening(): void;
}

/** The first signal ends the run where it is, and what ran is reported; the second one ends the process at once. */
export function listenForInterruption(terminal: Terminal, told = 'Interrupted: reporting what ran.'): Interruption {
  const abort = new AbortController();
  function interrupted(): void {
    if (abort.signal.aborted) process.exit(exitCodes.interrupted);
    terminal.tell(`\n${told} Once more ends it at once.\n`);
    abort.abort();
  }
  for (const signal of signals) process.on(signal, interrupted);
  return {
    signal: abort.signal,
    stopListening() {
      for (const signal of signals) process.off(signal, interrupted);
    },
  };
}

const signals = ['SIGINT', 'SIGTERM'] as const;

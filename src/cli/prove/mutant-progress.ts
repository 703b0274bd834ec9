import { takeCells } from '../../reporters/cells.ts';
import type { Terminal } from '../terminal.ts';
import { amount } from './figures.ts';
import type { ProvingOptions } from './prove-run.ts';

export interface MutantProgress {
  readonly onProgress: NonNullable<ProvingOptions['onProgress']>;
  /** Takes the line away. */
  end(): void;
}

/** One line on a terminal, drawn again and again; nothing elsewhere, for it is a matter of seconds. */
export function showMutantProgress({ live, widthCells, tell }: Terminal, name: string): MutantProgress {
  return {
    onProgress({ done, of, counts }) {
      const line = `${name}: ${done} of ${of} executions, ${amount(counts.mutants)} mutants, ${amount(counts.survived)} survived`;
      if (live) tell(clearLine + takeCells(line, widthCells - 1));
    },
    end() {
      if (live) tell(clearLine);
    },
  };
}

const clearLine = '\r\u001b[2K';

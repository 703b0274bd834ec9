/** What a command writes to, and how it may look there. */
export interface Terminal {
  /** What was asked for: to standard output. */
  print(text: string): void;
  /** What accompanies it, such as progress: to standard error. */
  tell(text: string): void;
  /** Standard output takes colours. */
  readonly color: boolean;
  readonly widthCells: number;
  /** Standard error is a terminal where a line can be drawn again. */
  readonly live: boolean;
  /** How wide standard error is now. */
  tellCells(): number;
  readonly verbose: boolean;
}

export interface TerminalOptions {
  /** false: `--no-color`. */
  readonly color: boolean;
  readonly verbose: boolean;
}

export function openTerminal({ color, verbose }: TerminalOptions): Terminal {
  const { stdout, stderr, env } = process;
  return {
    print: text => void stdout.write(text),
    tell: text => void stderr.write(text),
    color: color && takesColor(stdout, env),
    widthCells: stdout.isTTY ? Math.max(leastCells, stdout.columns) : cellsOfFile,
    live: stderr.isTTY && env.TERM !== 'dumb',
    tellCells: () => (stderr.isTTY ? stderr.columns : cellsOfFile),
    verbose,
  };
}

/** Both variables count as set only if they are not empty (no-color.org, force-color.org). */
export function takesColor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** A reader who went away, as `head` does, is no error. */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

const leastCells = 40;
// A CI log has no width of its own; a measure that is easy to read.
const cellsOfFile = 100;

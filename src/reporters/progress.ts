import type { Verdict } from '../foundation/verdict.ts';
import { cellsOf, shorten, takeCells } from './cells.ts';
import { createPaint } from './paint.ts';
import { printable } from './printable.ts';

/** Shows how far a run is. Every method takes the time since the run began; nothing here has a timer. */
export interface Progress {
  started(id: string, atMs: number): void;
  /** `message` is the first failure's, if there is one. */
  finished(id: string, verdict: Verdict, atMs: number, message?: string): void;
  /** Call it a few times a second, so that the elapsed time moves. */
  tick(atMs: number): void;
  /** Takes the line away; the summary comes next. */
  end(): void;
}

export interface ProgressOptions {
  readonly write: (text: string) => void;
  /** Executions in all. */
  readonly total: number;
  /** It is a terminal: one line is drawn again and again. Else plain lines are written, seldom. */
  readonly terminal: boolean;
  readonly color: boolean;
  readonly width: number;
  /** Without a terminal: a line whenever so many executions are done. */
  readonly every?: number;
}

export function createProgress(options: ProgressOptions): Progress {
  const { write, total, terminal, width, every = 50 } = options;
  const paint = createPaint(options.color);
  const running = new Set<string>();
  let done = 0;
  let failed = 0;
  let drawnAtMs = Number.NEGATIVE_INFINITY;

  function draw(atMs: number, force: boolean): void {
    if (!terminal || (!force && atMs - drawnAtMs < betweenDrawsMs)) return;
    drawnAtMs = atMs;
    // A line as wide as the terminal would wrap in some, and then not be redrawn in place.
    const line = takeCells(progressLine(atMs), width - 1);
    write(`${clearLine}${failed > 0 ? paint.bad(line) : line}`);
  }

  function progressLine(atMs: number): string {
    const counts = `${countsText()}, ${elapsedText(atMs)}`;
    const room = width - 1 - counts.length - 2;
    return running.size === 0 || room < narrowestCells ? counts : `${counts}  ${namesText([...running], room)}`;
  }

  function countsText(): string {
    return `${done}/${total}, ${failed} failed`;
  }

  return {
    started(id, atMs) {
      running.add(id);
      draw(atMs, false);
    },
    finished(id, verdict, atMs, message) {
      running.delete(id);
      done++;
      const bad = verdict !== 'pass' && verdict !== 'none';
      if (bad) {
        failed += verdict === 'inconclusive' ? 0 : 1;
        const text = shorten(
          `${words[verdict]} ${printable(id)}${message === undefined ? '' : `: ${printable(message)}`}`,
          lineCells(terminal, width),
        );
        write(`${terminal ? clearLine : ''}${verdict === 'inconclusive' ? paint.warn(text) : paint.bad(text)}\n`);
      }
      draw(atMs, bad || done === total);
      if (!terminal && (done % every === 0 || done === total)) write(`${countsText()}, ${elapsedText(atMs)}\n`);
    },
    tick: atMs => draw(atMs, false),
    end() {
      if (terminal) write(clearLine);
    },
  };
}

/** As many names as fit, at least a part of the first, and how many more there are. */
function namesText(names: readonly string[], cells: number): string {
  const shown = names.slice(0, namesShown).map(printable);
  for (let k = shown.length; k > 0; k--) {
    const more = names.length > k ? ` and ${names.length - k} more` : '';
    const text = shown.slice(0, k).join(', ');
    if (k === 1 || cellsOf(text) + more.length <= cells) return `${shorten(text, cells - more.length)}${more}`;
  }
  return '';
}

function elapsedText(atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

// In a file or a CI log there is no width to keep to, only a measure.
function lineCells(terminal: boolean, width: number): number {
  return terminal ? width - 1 : 240;
}

const words: Readonly<Record<Verdict, string>> = {
  none: '',
  pass: '',
  inconclusive: 'inconclusive',
  'not-testable': 'failed',
  fail: 'failed',
  error: 'error',
};
const clearLine = '\r\u001b[2K';
// More often nobody can read it.
const betweenDrawsMs = 80;
const namesShown = 3;
// Of a name less than this says nothing.
const narrowestCells = 24;

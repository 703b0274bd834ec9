import { join } from 'node:path';
import type { LogEvent, LogLine, RunFooter, RunHeader } from './events.ts';
import { createLogFile, type LogFile } from './log-file.ts';
import { writeLine } from './log-line.ts';
import { fileNames } from './run-directory.ts';

/** Writes the event log of one run. Every method throws the error of a write that failed, now or before. */
export interface LogWriter {
  write(event: LogEvent): void;
  /** Gives the operating system what was collected. Happens by itself once per turn of the event loop, but not before `process.exit`. */
  flush(): void;
  /** Writes the footer and closes. */
  end(t: number, reason: RunFooter['reason']): void;
  /** Closes without a footer: the log reads as cut short. */
  close(): void;
}

/**
 * Creates `events.jsonl` in a run directory and writes the header. The lines of one turn of the event loop are one synchronous
 * write, so a run that is killed leaves whole lines and at most one that is cut, the last.
 */
export function createLogWriter(directory: string, header: RunHeader): LogWriter {
  return writeLogTo(createLogFile(join(directory, fileNames.events)), header);
}

/** As `createLogWriter`, to an open file or anything that stands for one. */
export function writeLogTo(file: LogFile, header: RunHeader): LogWriter {
  let pending: string[] = [];
  let pendingLength = 0;
  let events = 0;
  let scheduled = false;
  let closed = false;
  let failure: { readonly thrown: unknown } | undefined;

  function add(line: LogLine): void {
    if (failure) throw failure.thrown;
    if (closed) throw new Error('The event log is closed: nothing can be written after its end.');
    const text = writeLine(line);
    pending.push(text);
    pendingLength += text.length;
    if (pendingLength >= flushAtLength) flush();
    else schedule();
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      // Nobody could catch an error here: the next call throws it.
      if (!failure && !closed) attempt(writePending);
    });
  }

  function writePending(): void {
    if (pending.length === 0) return;
    const text = pending.join('');
    pending = [];
    pendingLength = 0;
    file.append(text);
  }

  // After one failure nothing more is written: it would stand behind half a line.
  function attempt(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      failure = { thrown };
    }
  }

  function flush(): void {
    if (!failure) attempt(writePending);
    if (failure) throw failure.thrown;
  }

  function close(): void {
    if (closed) return;
    closed = true;
    if (!failure) attempt(writePending);
    if (!failure) attempt(() => file.sync());
    file.close();
    if (failure) throw failure.thrown;
  }

  add(header);
  flush();
  return {
    write(event) {
      add(event);
      events++;
    },
    flush,
    end(t, reason) {
      try {
        add({ event: 'end', t, reason, events });
      } finally {
        close();
      }
    },
    close,
  };
}

// A turn that brings megabytes is written in pieces, so that memory stays small.
const flushAtLength = 1 << 20;

import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { AntiphonError, messageOf } from '../foundation/errors.ts';

/** Where the lines of a log go. */
export interface LogFile {
  append(text: string): void;
  /** Returns when everything is on the disk. */
  sync(): void;
  close(): void;
}

/** Creates a file that must not exist yet: a log is never overwritten. */
export function createLogFile(path: string): LogFile {
  try {
    return logFileOf(openSync(path, 'wx'), path);
  } catch (thrown) {
    throw new AntiphonError(
      'usage',
      'log-not-writable',
      `The event log ${path} could not be created: ${messageOf(thrown)}. Choose a new folder that can be written.`,
      { cause: thrown },
    );
  }
}

/** Wraps one open file descriptor. */
export function logFileOf(descriptor: number, path: string): LogFile {
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (thrown) {
      throw new AntiphonError(
        'usage',
        'log-not-writable',
        `The event log ${path} could not be written: ${messageOf(thrown)}. What came before is kept; free the disk or choose another folder.`,
        { cause: thrown },
      );
    }
  };
  return {
    append: text => guarded(() => writeWhole(descriptor, Buffer.from(text))),
    sync: () => guarded(() => fsyncSync(descriptor)),
    close: () => closeSync(descriptor),
  };
}

/** Collects the lines in memory, in the place of a file. */
export function createMemoryFile(): LogFile & { text(): string } {
  const parts: string[] = [];
  return { append: text => void parts.push(text), sync: () => {}, close: () => {}, text: () => parts.join('') };
}

// A write may take less than it was given, on a nearly full disk for one.
function writeWhole(descriptor: number, bytes: Uint8Array): void {
  let offset = 0;
  while (offset < bytes.length) offset += writeSync(descriptor, bytes, offset);
}

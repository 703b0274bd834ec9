import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { AntiphonError, messageOf } from '../foundation/errors.ts';
import type { LogEvent, RunFooter, RunHeader } from './events.ts';
import { isFolder } from './is-folder.ts';
import { isWhole, readLine } from './log-line.ts';
import { fileNames } from './run-directory.ts';

export interface LogReading {
  /** The file, as it is named in errors. */
  readonly path: string;
  readonly header: RunHeader;
  /** The events in order, read as they are asked for; every iteration starts at the first. */
  readonly events: Iterable<LogEvent>;
  /** The footer, or how the log was cut short. Reads the log to its end unless an iteration over `events` has. */
  end(): LogEnd;
}

export type LogEnd =
  | { readonly footer: RunFooter; readonly cut?: never }
  | { readonly cut: string; readonly footer?: never };

/** Opens the event log of a run: its directory, or the file. Lines are read one by one, so the size of a log is no matter of memory. */
export function readLog(path: string): LogReading {
  const file = isFolder(path) ? join(path, fileNames.events) : path;
  return readingOf(file, () => chunksOf(file));
}

/** As `readLog`, from memory. `name` stands for the path in errors. */
export function readLogText(text: string | Uint8Array, name = 'log'): LogReading {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return readingOf(name, () => [bytes]);
}

function readingOf(path: string, open: () => Iterable<Uint8Array>): LogReading {
  const header = readHeader(path, open);
  let known: LogEnd | undefined;
  function* events(): Generator<LogEvent> {
    known = yield* eventsOf(path, open);
  }
  return {
    path,
    header,
    events: { [Symbol.iterator]: events },
    end() {
      if (!known) for (const _ of events());
      return known!;
    },
  };
}

function readHeader(path: string, open: () => Iterable<Uint8Array>): RunHeader {
  for (const { text, number, terminated } of linesOf(path, open())) {
    if (!terminated && !isWhole(text)) break;
    const line = readLine(text, `${path}:${number}`);
    if (line.event === 'run') return line;
    throw new AntiphonError(
      'usage',
      'log-line-broken',
      `${path}:1: an event log begins with the header of its run, not with \`${line.event}\`. Name a run directory or the events.jsonl in it.`,
    );
  }
  throw new AntiphonError(
    'usage',
    'log-empty',
    `${path}: the event log has no whole line, so the run was killed before it began. Run it again.`,
  );
}

function* eventsOf(path: string, open: () => Iterable<Uint8Array>): Generator<LogEvent, LogEnd> {
  let footer: RunFooter | undefined;
  let count = 0;
  let lastNumber = 1;
  for (const { text, number, terminated, sizeBytes } of linesOf(path, open())) {
    if (number === 1) continue;
    const where = `${path}:${number}`;
    if (footer)
      throw new AntiphonError(
        'usage',
        'log-line-broken',
        `${where}: the footer ended the event log one line before, and more follows. Take the log as the run wrote it.`,
      );
    if (!terminated && !isWhole(text)) return { cut: cutText(lastNumber, sizeBytes) };
    const line = readLine(text, where);
    if (line.event === 'run')
      throw new AntiphonError(
        'usage',
        'log-line-broken',
        `${where}: a second header. Two logs were joined; judge each alone.`,
      );
    lastNumber = number;
    if (line.event === 'end') {
      footer = line;
    } else {
      count++;
      yield line;
    }
  }
  if (!footer) return { cut: cutText(lastNumber, 0) };
  if (footer.events === count) return { footer };
  throw new AntiphonError(
    'usage',
    'log-incomplete',
    `${path}: the footer counts ${footer.events} events and the log has ${count}: lines were lost or added. Take the log as the run wrote it.`,
  );
}

function cutText(lastNumber: number, droppedBytes: number): string {
  const dropped = droppedBytes > 0 ? `, and ${droppedBytes} bytes of a line that was being written are left out` : '';
  return `the event log ends without a footer after line ${lastNumber}${dropped}: the run was killed, or is still going on`;
}

interface RawLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** A newline follows it. */
  readonly terminated: boolean;
  readonly sizeBytes: number;
}

function* linesOf(path: string, chunks: Iterable<Uint8Array>): Generator<RawLine> {
  let number = 1;
  // The beginning of a line whose end is in a later chunk: copied, for the chunk's memory is used again.
  let held: Uint8Array[] = [];
  for (const chunk of chunks) {
    const end = chunk.lastIndexOf(newline) + 1;
    if (end > 0) {
      const whole = joined([...held, chunk.subarray(0, end)]);
      held = [];
      number = yield* wholeLines(path, whole, number);
    }
    if (end < chunk.length) held.push(Uint8Array.from(chunk.subarray(end)));
  }
  // Cut inside a character or not: what stands without its newline is never read as more than it is.
  if (held.length === 0) return;
  const rest = joined(held);
  yield { text: rest.toString('utf8'), number, terminated: false, sizeBytes: rest.length };
}

/** Lines of bytes that end with a newline; gives the number of the next one. Decoded at once: line by line costs three times as much. */
function* wholeLines(path: string, bytes: Buffer, first: number): Generator<RawLine, number> {
  if (!isUtf8(bytes)) return yield* brokenLines(path, bytes, first);
  const text = bytes.toString('utf8');
  let number = first;
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    yield { text: text.slice(start, end), number, terminated: true, sizeBytes: end - start };
    number++;
    start = end + 1;
  }
  return number;
}

/** One of these lines is no text: which one, is told. */
function* brokenLines(path: string, bytes: Buffer, first: number): Generator<RawLine, number> {
  let number = first;
  let start = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
    const line = bytes.subarray(start, end);
    yield { text: textOf(line, path, number), number, terminated: true, sizeBytes: line.length };
    number++;
    start = end + 1;
  }
  return number;
}

function joined(parts: readonly Uint8Array[]): Buffer {
  const only = parts.length === 1 ? parts[0]! : undefined;
  return only ? Buffer.from(only.buffer, only.byteOffset, only.length) : Buffer.concat(parts);
}

function textOf(bytes: Buffer, path: string, number: number): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw new AntiphonError(
    'usage',
    'log-line-broken',
    `${path}:${number}: this line of the event log is broken (it is not UTF-8). Take the log as the run wrote it; a verdict from a changed log is worth nothing.`,
  );
}

function* chunksOf(path: string): Generator<Uint8Array> {
  const descriptor = openLog(path);
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (let size = readSync(descriptor, buffer); size > 0; size = readSync(descriptor, buffer)) {
      yield buffer.subarray(0, size);
    }
  } finally {
    closeSync(descriptor);
  }
}

function openLog(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (thrown) {
    throw new AntiphonError(
      'usage',
      'log-not-readable',
      `A run directory with an ${fileNames.events}, or such a file, was expected; ${path} could not be read: ${messageOf(thrown)}.`,
      { cause: thrown },
    );
  }
}

const newline = 0x0a;
const chunkBytes = 1 << 18;

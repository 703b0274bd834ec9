import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { AntiphonError, messageOf } from '../foundation/errors.ts';

/** Far beyond what any reader takes; only so that a film with the wrong ending is not read whole. */
const largestFileBytes = 64 * 1_048_576;

/** The text of a file of a pack. Only a plain file is opened: a pipe would wait for its writer, and a device may have no end. */
export function readTextFile(path: string): string {
  const bytes = readBytes(path);
  if (!isUtf8(bytes)) throw unreadable(path, 'its bytes are not UTF-8');
  if (bytes.includes(0)) throw unreadable(path, 'it has NUL bytes');
  return bytes.toString('utf8');
}

function readBytes(path: string): Buffer {
  try {
    const about = statSync(path);
    if (!about.isFile()) throw unreadable(path, 'it is no plain file');
    if (about.size > largestFileBytes) throw unreadable(path, `it has ${about.size} bytes`);
    return readFileSync(path);
  } catch (thrown) {
    throw thrown instanceof AntiphonError ? thrown : unreadable(path, messageOf(thrown), thrown);
  }
}

function unreadable(path: string, why: string, cause?: unknown): AntiphonError {
  const message = `expected a text file in UTF-8 at ${path}, which cannot be read: ${why}. Correct it, or move it out of the pack.`;
  return new AntiphonError('scenario', 'file-unreadable', message, { cause });
}

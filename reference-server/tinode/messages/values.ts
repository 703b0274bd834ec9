/** How values that frames have as JSON stand in protobuf messages. */
import { type FieldType, inBytes, int64, word } from '../../core/protobuf.ts';
import { writeTime } from '../../tinode-core/wire-time.ts';
import { nestsTooDeep } from '../nesting.ts';

/** Bytes with JSON in them. What is no JSON is as good as nothing, and so is null. */
export const json: FieldType = inBytes(readJson, value => (value === null ? undefined : writeJson(value)));

/** The same, where null says something. */
export const jsonOrNull: FieldType = inBytes(readJson, writeJson);

function readJson(bytes: Buffer): unknown {
  const written = bytes.toString();
  if (nestsTooDeep(written)) return undefined;
  try {
    return JSON.parse(written) ?? undefined;
  } catch {
    return undefined;
  }
}

function writeJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** Bytes that stand in frames as standard base64, and in requests that have been read as themselves. */
export const base64: FieldType = inBytes(
  bytes => (bytes.length === 0 ? undefined : bytes.toString('base64')),
  value => (Buffer.isBuffer(value) ? value : Buffer.from(value as string, 'base64')),
);

/** Milliseconds since 1970, as which they stand in requests that have been read; a text in frames. */
export const time: FieldType = {
  ...int64,
  read(input) {
    const ms = int64.read(input) as number | undefined;
    return isTime(ms) ? writeTime(ms) : undefined;
  },
  write: value => int64.write(typeof value === 'string' ? Date.parse(value) : value),
};

/** The same; whoever reads it loses what is less than a second. */
export const secondsOfTime: FieldType = {
  ...time,
  read(input) {
    const ms = int64.read(input) as number | undefined;
    return isTime(ms) ? writeTime(Math.floor(ms / 1000) * 1000) : undefined;
  },
};

function isTime(ms: number | undefined): ms is number {
  return ms !== undefined && ms > 0 && ms <= mostMs;
}

/** The end of the year 9999. */
const mostMs = 253_402_300_799_999;

export const level = word({ 10: 'anon', 20: 'auth', 30: 'root' });
export const noteKind = word({ 1: 'read', 2: 'recv', 3: 'kp', 4: 'call' });
export const callEvent = word({
  1: 'accept',
  2: 'answer',
  3: 'hang-up',
  4: 'ice-candidate',
  5: 'invite',
  6: 'offer',
  7: 'ringing',
});

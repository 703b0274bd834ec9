import { AntiphonError } from '../foundation/errors.ts';
import { parseJson, writeJson } from '../foundation/json.ts';
import { isArray, isObject, setMember, type Value } from '../foundation/value.ts';
import type { LogLine } from './events.ts';
import { lineShapes } from './line-shapes.ts';
import type { Flaw } from './shape.ts';

/** The format that this version writes, and the only one that it reads. */
const logFormat = 1;

/** One line of the event log, with its newline. Bigint values become exact digits. */
export function writeLine(line: LogLine): string {
  return `${jsonOf(line)}\n`;
}

// JSON.stringify is many times faster, and right for every line without a bigint (it throws) or another number of so many digits
// (which would be read as a bigint).
function jsonOf(line: LogLine): string {
  try {
    const text = JSON.stringify(line);
    if (!manyDigits.test(text)) return text;
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
  }
  return writeJson(withoutUndefined(line as unknown as Value));
}

// An optional member may be there and be undefined, which JSON cannot say.
function withoutUndefined(value: Value): Value {
  if (isArray(value)) return value.map(withoutUndefined);
  if (!isObject(value)) return value;
  const defined: Record<string, Value> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) setMember(defined, name, withoutUndefined(member));
  }
  return defined;
}

/** Reads one line of the event log. `where` names it in the error: `reports/x/events.jsonl:12`. */
export function readLine(text: string, where: string): LogLine {
  const line = parseLine(text, where);
  if (!isObject(line)) throw brokenLine(where, 'a JSON object was expected');
  const { event } = line;
  if (typeof event !== 'string' || !isEvent(event))
    throw brokenLine(where, `no event of this name is known: ${JSON.stringify(event) ?? 'none'}`);
  if (event === 'run' && line.format !== logFormat) throw otherFormat(where, line.format, line.tool);
  const found = lineShapes[event](line);
  if (found) throw brokenLine(where, wordsOf(event, found));
  return line as unknown as LogLine;
}

/** The line is whole JSON. A proper beginning of an object never is. */
export function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

// JSON.parse is right and fastest where no integer can be too big for it; the exact reader knows best what is wrong.
function parseLine(text: string, where: string): Value {
  if (!manyDigits.test(text)) {
    try {
      return JSON.parse(text) as Value;
    } catch {}
  }
  const parsed = parseJson(text, { maxDepth: deepest });
  if (parsed.ok) return parsed.value;
  throw brokenLine(where, parsed.message);
}

function brokenLine(where: string, why: string): AntiphonError {
  const message = `${where}: this line of the event log is broken (${why}). Take the log as the run wrote it; a verdict from a changed log is worth nothing.`;
  return new AntiphonError('usage', 'log-line-broken', message);
}

function otherFormat(where: string, format: Value | undefined, tool: Value | undefined): AntiphonError {
  const writer = typeof tool === 'string' ? tool : 'an unknown tool';
  const message = `${where}: the event log has format ${JSON.stringify(format) ?? 'none'}, written by ${writer}; this version reads format ${logFormat}. Read it with the version that wrote it.`;
  return new AntiphonError('usage', 'log-format-unknown', message);
}

function isEvent(name: string): name is LogLine['event'] {
  return Object.hasOwn(lineShapes, name);
}

function wordsOf(event: string, { at, expected, came, optional }: Flaw): string {
  return `\`${event}\` ${optional ? 'may have' : 'needs'} a member \`${at}\` ${expected}, not ${came}`;
}

// Only digits in such a run can be an integer that JSON.parse would round.
const manyDigits = /\d{16}/;
// A line that we wrote is as deep as the value in it, so no real one comes near.
const deepest = 10_000;

import { AntiphonError } from '../foundation/errors.ts';
import { parseJson, writeJson } from '../foundation/json.ts';
import { isArray, isObject, setMember, type Value } from '../foundation/value.ts';
import type { LogLine } from './events.ts';

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
  const members =
    typeof line.event === 'string' && Object.hasOwn(required, line.event) ? required[line.event]! : undefined;
  if (!members) throw brokenLine(where, `no event of this name is known: ${JSON.stringify(line.event) ?? 'none'}`);
  if (line.event === 'run' && line.format !== logFormat) throw otherFormat(where, line.format, line.tool);
  for (const [name, type] of members) {
    const is = typeOf(line[name]);
    if (is !== type) throw brokenLine(where, `\`${line.event}\` needs a member \`${name}\` of type ${type}, not ${is}`);
  }
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

function typeOf(value: Value | undefined): string {
  if (value === null) return 'null';
  if (value === undefined) return 'undefined';
  return Array.isArray(value) ? 'list' : typeof value;
}

// Only digits in such a run can be an integer that JSON.parse would round.
const manyDigits = /\d{16}/;
// A line that we wrote is as deep as the value in it, so no real one comes near.
const deepest = 10_000;

type Members = readonly (readonly [name: string, type: 'string' | 'number' | 'object' | 'list'])[];

const ofExecution: Members = [
  ['x', 'number'],
  ['t', 'number'],
];
const ofClient: Members = [...ofExecution, ['c', 'string']];
const ofIdentity: Members = [
  ...ofExecution,
  ['id', 'string'],
  ['pack', 'string'],
  ['scenario', 'string'],
  ['transport', 'string'],
  ['repetition', 'number'],
];

// What a reader of the log relies on without looking; schemas/event-log.schema.json says all of it.
const required: Readonly<Record<string, Members>> = {
  run: [
    ['tool', 'string'],
    ['name', 'string'],
    ['startedAt', 'string'],
    ['epochMs', 'number'],
    ['seed', 'string'],
    ['patienceUs', 'number'],
    ['clockResolutionUs', 'number'],
    ['suites', 'list'],
    ['target', 'object'],
    ['options', 'object'],
  ],
  begin: [...ofIdentity, ['unique', 'string'], ['accounts', 'object']],
  skipped: [...ofIdentity, ['why', 'string'], ['reason', 'string']],
  finish: ofExecution,
  opened: [...ofClient, ['address', 'string']],
  refused: [...ofClient, ['code', 'string'], ['detail', 'string']],
  item: ofClient,
  closed: [...ofClient, ['by', 'string']],
  written: [...ofClient, ['what', 'string'], ['n', 'number']],
  fetched: [...ofExecution, ['source', 'string']],
  restarted: ofExecution,
  due: [...ofExecution, ['timer', 'string']],
  stalled: [
    ['t', 'number'],
    ['lagUs', 'number'],
  ],
  note: [
    ['t', 'number'],
    ['text', 'string'],
  ],
  end: [
    ['t', 'number'],
    ['reason', 'string'],
    ['events', 'number'],
  ],
} satisfies Record<LogLine['event'], Members>;

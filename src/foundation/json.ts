import { endOfString, isBlank, isDigit, isPlainJson } from './json-scan.ts';
import { isArray, setMember, type Value } from './value.ts';

/**
 * JSON, exact and strict (RFC 8259). Integers beyond 2^53 become bigint, `__proto__` is a member like any other, of repeated
 * members the last wins and all are listed, and neither depth nor garbage makes it throw.
 *
 * Two readers: most texts are plain, as one cheap scan can tell, and then the engine's own parser gives the same answer, faster.
 * Whatever the scan is not sure of goes to the exact reader below.
 */
export type ParsedJson =
  /** `duplicates`: JSON Pointers of repeated members. `exact`: false if some number became bigint. */
  | { readonly ok: true; readonly value: Value; readonly duplicates: readonly string[]; readonly exact: boolean }
  /** `offset` counts UTF-16 units. */
  | { readonly ok: false; readonly code: 'syntax' | 'depth'; readonly message: string; readonly offset: number };

export function parseJson(text: string, { maxDepth = 512 }: { readonly maxDepth?: number } = {}): ParsedJson {
  if (isPlainJson(text, maxDepth)) {
    try {
      return { ok: true, value: JSON.parse(text) as Value, duplicates: noDuplicates, exact: true };
    } catch {
      // The exact reader says what is wrong, and where.
    }
  }
  return readExactly(text, maxDepth);
}

/** Compact JSON; members in their order, bigint as digits. What `parseJson` makes of it equals the value. */
export function writeJson(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value !== 'object' || value === null) return String(value);
  let text = '';
  if (isArray(value)) {
    for (let k = 0; k < value.length; k++) text += (k === 0 ? '' : ',') + writeJson(value[k]!);
    return `[${text}]`;
  }
  for (const name of Object.keys(value)) {
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${writeJson((value as Record<string, Value>)[name]!)}`;
  }
  return `{${text}}`;
}

/** One step of a JSON Pointer (RFC 6901), with its slash. */
export function pointerStep(name: string | number): string {
  return typeof name === 'number' ? `/${name}` : `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function writeNumber(value: number): string {
  // Digits beyond 2^53 would be read as an exact integer, which a double's shortest digits are not.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return value.toExponential();
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return 'null';
  return value > 0 ? '1e999' : '-1e999';
}

// The exact reader: no recursion, so that depth costs memory and never the stack.

interface Open {
  readonly container: Value[] | Record<string, Value>;
  /** Of an object: the member whose value comes next. */
  key: string;
}

interface Reader {
  readonly text: string;
  at: number;
  exact: boolean;
  readonly open: Open[];
  readonly duplicates: Set<string>;
}

class Rejected {
  readonly code: 'syntax' | 'depth';
  readonly message: string;
  readonly offset: number;
  constructor(code: 'syntax' | 'depth', message: string, offset: number) {
    this.code = code;
    this.message = message;
    this.offset = offset;
  }
}

function readExactly(text: string, maxDepth: number): ParsedJson {
  const reader: Reader = { text, at: 0, exact: true, open: [], duplicates: new Set() };
  try {
    const value = readDocument(reader, maxDepth);
    return { ok: true, value, duplicates: [...reader.duplicates], exact: reader.exact };
  } catch (thrown) {
    if (!(thrown instanceof Rejected)) throw thrown;
    return { ok: false, code: thrown.code, message: thrown.message, offset: thrown.offset };
  }
}

function readDocument(reader: Reader, maxDepth: number): Value {
  const { text, open } = reader;
  for (;;) {
    // A value begins here, or an empty container ends.
    const code = skipBlanks(reader);
    let value: Value;
    if (code === 0x7b || code === 0x5b) {
      if (open.length >= maxDepth)
        throw new Rejected('depth', `expected at most ${maxDepth} levels, one more came`, reader.at);
      reader.at++;
      const isList = code === 0x5b;
      open.push({ container: isList ? [] : {}, key: '' });
      if (skipBlanks(reader) !== (isList ? 0x5d : 0x7d)) {
        if (!isList) readKey(reader);
        continue;
      }
      reader.at++;
      value = open.pop()!.container;
    } else {
      value = readScalar(reader, code);
    }
    // A value has ended: put it where it belongs, and close what it closes.
    for (;;) {
      const top = open.at(-1);
      const next = skipBlanks(reader);
      if (top === undefined) {
        if (reader.at < text.length) throw unexpected(reader, 'the end of the text');
        return value;
      }
      const isList = Array.isArray(top.container);
      if (Array.isArray(top.container)) top.container.push(value);
      else addMember(reader, top.container, top.key, value);
      if (next === 0x2c) {
        reader.at++;
        if (!isList) readKey(reader);
        break;
      }
      if (next !== (isList ? 0x5d : 0x7d)) throw unexpected(reader, isList ? '"," or "]"' : '"," or "}"');
      reader.at++;
      value = open.pop()!.container;
    }
  }
}

function addMember(reader: Reader, object: Record<string, Value>, name: string, value: Value): void {
  if (Object.hasOwn(object, name)) {
    const at = reader.open
      .map(({ container, key }) => pointerStep(Array.isArray(container) ? container.length : key))
      .join('');
    reader.duplicates.add(at);
  }
  setMember(object, name, value);
}

function readKey(reader: Reader): void {
  if (skipBlanks(reader) !== 0x22) throw unexpected(reader, 'a member name in quotes');
  reader.open.at(-1)!.key = readString(reader);
  if (skipBlanks(reader) !== 0x3a) throw unexpected(reader, '":"');
  reader.at++;
}

function readScalar(reader: Reader, code: number): Value {
  if (code === 0x22) return readString(reader);
  if (code === 0x2d || isDigit(code)) return readNumber(reader);
  for (const [word, value] of words) {
    if (reader.text.startsWith(word, reader.at)) {
      reader.at += word.length;
      return value;
    }
  }
  throw unexpected(reader, 'a value');
}

function readNumber(reader: Reader): Value {
  number.lastIndex = reader.at;
  const found = number.exec(reader.text);
  if (!found) throw new Rejected('syntax', 'expected a digit behind "-"', reader.at + 1);
  reader.at = number.lastIndex;
  const value = Number(found[0]);
  if (found[1] !== undefined || Number.isSafeInteger(value)) return value;
  reader.exact = false;
  return BigInt(found[0]);
}

function readString(reader: Reader): string {
  const { text } = reader;
  const begin = reader.at;
  const end = endOfString(text, begin + 1);
  if (end < 0) throw new Rejected('syntax', 'expected the closing quote of a text, the end came', text.length);
  const inside = text.slice(begin + 1, end);
  reader.at = end + 1;
  return special.test(inside)
    ? inside.replace(specials, (sequence, at) => characterOf(sequence, text, begin + 1 + at))
    : inside;
}

function characterOf(sequence: string, text: string, at: number): string {
  if (sequence.length === 1) throw new Rejected('syntax', `expected text, ${nameOf(text, at)} came`, at);
  return sequence.length > 2
    ? String.fromCharCode(Number.parseInt(sequence.slice(2), 16))
    : (escapes[sequence[1]!] ?? sequence[1]!);
}

function skipBlanks(reader: Reader): number {
  while (isBlank(reader.text.charCodeAt(reader.at))) reader.at++;
  return reader.text.charCodeAt(reader.at);
}

function unexpected(reader: Reader, expected: string): Rejected {
  const came = reader.at < reader.text.length ? nameOf(reader.text, reader.at) : 'the end';
  return new Rejected('syntax', `expected ${expected}, ${came} came`, reader.at);
}

function nameOf(text: string, at: number): string {
  const point = text.codePointAt(at)!;
  if (point === 0x5c) return `the escape ${JSON.stringify(text.slice(at, at + 2)).replaceAll('\\\\', '\\')}`;
  return point < 0x20 || point === 0x7f
    ? `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
    : `"${String.fromCodePoint(point)}"`;
}

const noDuplicates: readonly string[] = [];
const words: readonly (readonly [string, Value])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
/** Group 1: fraction or exponent, if there is any. */
const number = /-?(?:0|[1-9]\d*)((?:\.\d+)?(?:[eE][+-]?\d+)|\.\d+)?/y;
/** An escape, or alone what must not stand in a text: a control character, or a backslash that begins no escape. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const specials = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|[\u0000-\u001f\\]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const special = /[\u0000-\u001f\\]/;
const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

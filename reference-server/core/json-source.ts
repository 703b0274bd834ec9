/**
 * JSON values as the text they were written in. Parsing loses what a server has to pass through unchanged: digits beyond 2^53, how a
 * number was spelled, duplicate members. Everything here takes text that JSON.parse has accepted, and only finds where its parts end.
 */
export type JsonSource = string;

export type JsonKind = 'object' | 'array' | 'text' | 'number' | 'literal';

/** Undefined if the text is not JSON. */
export function readJson(text: string): JsonSource | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return text.trim();
}

export function kindOf(source: JsonSource): JsonKind {
  switch (source[0]) {
    case '{':
      return 'object';
    case '[':
      return 'array';
    case '"':
      return 'text';
    case 't':
    case 'f':
    case 'n':
      return 'literal';
    default:
      return 'number';
  }
}

/** The members of an object by name. Of members with one name the last counts, as with JSON.parse. */
export function membersOf(source: JsonSource): ReadonlyMap<string, JsonSource> {
  const members = new Map<string, JsonSource>();
  let at = skipBlanks(source, 1);
  while (source[at] === '"') {
    const nameEnd = endOfText(source, at);
    const name = JSON.parse(source.slice(at, nameEnd)) as string;
    const valueStart = skipBlanks(source, skipBlanks(source, nameEnd) + 1);
    const valueEnd = endOfValue(source, valueStart);
    members.set(name, source.slice(valueStart, valueEnd));
    at = skipSeparator(source, valueEnd);
  }
  return members;
}

export function elementsOf(source: JsonSource): JsonSource[] {
  const elements: JsonSource[] = [];
  let at = skipBlanks(source, 1);
  while (at < source.length && source[at] !== ']') {
    const end = endOfValue(source, at);
    elements.push(source.slice(at, end));
    at = skipSeparator(source, end);
  }
  return elements;
}

function skipSeparator(source: JsonSource, start: number): number {
  const at = skipBlanks(source, start);
  return source[at] === ',' ? skipBlanks(source, at + 1) : at;
}

function skipBlanks(source: JsonSource, start: number): number {
  let at = start;
  while (source.charCodeAt(at) <= 0x20) at++;
  return at;
}

function endOfValue(source: JsonSource, start: number): number {
  const first = source[start];
  if (first === '"') return endOfText(source, start);
  if (first !== '{' && first !== '[') return endOfScalar(source, start);
  let depth = 0;
  let at = start;
  while (at < source.length) {
    const char = source[at];
    if (char === '"') {
      at = endOfText(source, at);
      continue;
    }
    at++;
    if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) break;
  }
  return at;
}

function endOfText(source: JsonSource, start: number): number {
  let at = start + 1;
  while (at < source.length && source[at] !== '"') at += source[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfScalar(source: JsonSource, start: number): number {
  let at = start;
  while (at < source.length && !scalarEnds.has(source[at]!)) at++;
  return at;
}

const scalarEnds = new Set([',', ']', '}', ' ', '\t', '\n', '\r']);

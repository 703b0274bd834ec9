import type { Span } from '../foundation/span.ts';
import type { Located, LocatedEntry, LocatedList, LocatedMap, LocatedScalar } from './located.ts';
import {
  type Cursor,
  endValue,
  firstContent,
  isSeparated,
  nextContent,
  skipBlanks,
  startOf,
  unit,
} from './plain-cursor.ts';
import { opensFlow, readPlainFlow } from './read-plain-flow.ts';
import { readPlainScalar } from './read-plain-scalar.ts';

const deepestLevel = 90;
/** YAML allows 1024; this side of it nobody has to count exactly. */
const longestKey = 1000;

/** Tabs, CR and other controls, and a byte order mark: all have rules of their own. */
const unusual = /[^\P{Cc}\n]|\ufeff/u;

/**
 * The YAML that nearly every file keeps to: blocks, flows and scalars of one line each, comments. It gives the tree that the
 * library would give, span by span, or undefined: at whatever else YAML has, and at the first thing that is wrong, since the
 * library is read then and knows best what to say. The point is speed: the library takes several times as long, and as long
 * again to be loaded.
 */
export function readPlain(text: string, file: string): Located | undefined {
  if (unusual.test(text)) return undefined;
  const cursor = startOf(text, file);
  if (!firstContent(cursor, 0) || cursor.indent < 0 || opensFlow(cursor)) return undefined;
  const root = readNode(cursor, -1, 0);
  return cursor.indent < 0 ? root : undefined;
}

/** A value that may be a block. Every reader below leaves the cursor at the content that follows. */
function readNode(cursor: Cursor, blockIndent: number, level: number): Located | undefined {
  if (level > deepestLevel) return undefined;
  if (isElement(cursor)) return readList(cursor, level);
  if (opensFlow(cursor)) return readInline(cursor, blockIndent);
  const scalar = readPlainScalar(cursor, false);
  if (!scalar) return undefined;
  return isKey(cursor) ? readMap(scalar, cursor, level) : closed(scalar, cursor, blockIndent);
}

/** A value in the line of its key. */
function readInline(cursor: Cursor, blockIndent: number): Located | undefined {
  const value = opensFlow(cursor) ? readPlainFlow(cursor, blockIndent, 1) : readPlainScalar(cursor, false);
  return value && closed(value, cursor, blockIndent);
}

function closed(value: Located, cursor: Cursor, blockIndent: number): Located | undefined {
  endValue(cursor);
  return nextContent(cursor, blockIndent) ? value : undefined;
}

function readMap(firstKey: LocatedScalar, cursor: Cursor, level: number): LocatedMap | undefined {
  const indent = firstKey.span.column - 1;
  const entries: LocatedEntry[] = [];
  const keys = new Set<string>();
  let key: LocatedScalar | undefined = firstKey;
  do {
    if (typeof key?.value !== 'string' || !isKey(cursor) || keys.has(key.value) || key.value === '<<') return undefined;
    if (key.span.endColumn - key.span.column > longestKey) return undefined;
    keys.add(key.value);
    cursor.at += 1;
    const value = readValue(cursor, indent, level + 1);
    if (!value) return undefined;
    entries.push({ key: key.value, keySpan: key.span, value });
    key = cursor.indent === indent ? readPlainScalar(cursor, false) : undefined;
  } while (cursor.indent === indent);
  return cursor.indent < indent ? { type: 'map', span: spanFrom(firstKey.span, cursor), entries } : undefined;
}

/** What stands behind a key, or below it and further right. */
function readValue(cursor: Cursor, indent: number, level: number): Located | undefined {
  const at = skipBlanks(cursor.text, cursor.at);
  const code = cursor.text.charCodeAt(at);
  if (code !== unit.lineFeed && code !== unit.number && at < cursor.text.length) {
    cursor.at = at;
    return readInline(cursor, indent);
  }
  return nextContent(cursor, indent) && cursor.indent > indent ? readNode(cursor, indent, level) : undefined;
}

function readList(cursor: Cursor, level: number): LocatedList | undefined {
  const { line, lineStart, at } = cursor;
  const indent = at - lineStart;
  const elements: Located[] = [];
  do {
    if (!isElement(cursor)) return undefined;
    cursor.at = skipBlanks(cursor.text, cursor.at + 1);
    const element = readNode(cursor, indent, level + 1);
    if (!element) return undefined;
    elements.push(element);
  } while (cursor.indent === indent);
  const span = spanFrom({ line, column: indent + 1 }, cursor);
  return cursor.indent < indent ? { type: 'list', span, elements } : undefined;
}

function isElement({ text, at }: Cursor): boolean {
  return text.charCodeAt(at) === unit.dash && isSeparated(text, at + 1);
}

function isKey({ text, at }: Cursor): boolean {
  return text.charCodeAt(at) === unit.colon && isSeparated(text, at + 1);
}

/** Blocks end with their last value, and the comment behind it. */
function spanFrom({ line, column }: Pick<Span, 'line' | 'column'>, { file, endLine, endColumn }: Cursor): Span {
  return { file, line, column, endLine, endColumn };
}

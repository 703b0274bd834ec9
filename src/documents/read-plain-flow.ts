import type { Located, LocatedEntry, LocatedList, LocatedMap } from './located.ts';
import { type Cursor, endOfLine, isSeparated, skipBlanks, startLine, unit } from './plain-cursor.ts';
import { readPlainScalar } from './read-plain-scalar.ts';

const deepestLevel = 90;

export function opensFlow({ text, at }: Cursor): boolean {
  const code = text.charCodeAt(at);
  return code === unit.openMap || code === unit.openList;
}

/** `{ }` or `[ ]`, over lines that stand further right than the block around. Levels count from 1. */
export function readPlainFlow(cursor: Cursor, blockIndent: number, level: number): Located | undefined {
  if (level > deepestLevel) return undefined;
  return cursor.text.charCodeAt(cursor.at) === unit.openMap
    ? readFlowMap(cursor, blockIndent, level)
    : readFlowList(cursor, blockIndent, level);
}

function readFlowMap(cursor: Cursor, blockIndent: number, level: number): LocatedMap | undefined {
  const { line, at, lineStart } = cursor;
  const entries: LocatedEntry[] = [];
  const keys = new Set<string>();
  for (;;) {
    const sign = nextInFlow(cursor, entries.length, unit.closeMap, blockIndent, level);
    if (sign === 'end') return { type: 'map', span: spanFrom(line, at - lineStart, cursor), entries };
    if (sign === 'lost') return undefined;
    const key = readPlainScalar(cursor, true);
    if (typeof key?.value !== 'string' || keys.has(key.value) || key.value === '<<') return undefined;
    keys.add(key.value);
    if (cursor.text.charCodeAt(cursor.at) !== unit.colon) return undefined;
    if (!key.quoted && !isSeparated(cursor.text, cursor.at + 1)) return undefined;
    cursor.at = skipBlanks(cursor.text, cursor.at + 1);
    const value = readInFlow(cursor, blockIndent, level);
    if (!value) return undefined;
    entries.push({ key: key.value, keySpan: key.span, value });
  }
}

function readFlowList(cursor: Cursor, blockIndent: number, level: number): LocatedList | undefined {
  const { line, at, lineStart } = cursor;
  const elements: Located[] = [];
  for (;;) {
    const sign = nextInFlow(cursor, elements.length, unit.closeList, blockIndent, level);
    if (sign === 'end') return { type: 'list', span: spanFrom(line, at - lineStart, cursor), elements };
    if (sign === 'lost') return undefined;
    const element = readInFlow(cursor, blockIndent, level);
    if (!element) return undefined;
    elements.push(element);
  }
}

function readInFlow(cursor: Cursor, blockIndent: number, level: number): Located | undefined {
  return opensFlow(cursor) ? readPlainFlow(cursor, blockIndent, level + 1) : readPlainScalar(cursor, true);
}

/** To the next part, over the opening sign or the comma before it; or over the closing sign. */
function nextInFlow(
  cursor: Cursor,
  before: number,
  close: number,
  blockIndent: number,
  level: number,
): 'part' | 'end' | 'lost' {
  const { text } = cursor;
  if (before === 0) cursor.at += 1;
  if (!skipInFlow(cursor, close, blockIndent, level)) return 'lost';
  if (before > 0 && text.charCodeAt(cursor.at) === unit.comma) {
    cursor.at += 1;
    if (!skipInFlow(cursor, close, blockIndent, level)) return 'lost';
  } else if (before > 0 && text.charCodeAt(cursor.at) !== close) return 'lost';
  if (text.charCodeAt(cursor.at) !== close) return 'part';
  cursor.at += 1;
  return 'end';
}

/** Over blanks, line ends and comments. False at the end of the text, or at content or a comment too far left. */
function skipInFlow(cursor: Cursor, close: number, blockIndent: number, level: number): boolean {
  const { text } = cursor;
  const firstLine = cursor.line;
  for (;;) {
    cursor.at = skipBlanks(text, cursor.at);
    const code = text.charCodeAt(cursor.at);
    const indent = cursor.at - cursor.lineStart;
    const isInside = cursor.line === firstLine || indent > blockIndent;
    if (code === unit.number) {
      const isGlued = indent > 0 && text.charCodeAt(cursor.at - 1) !== unit.blank;
      if (isGlued || !isInside) return false;
      cursor.at = endOfLine(text, cursor.at);
    } else if (code !== unit.lineFeed) {
      // The outermost may be closed below the key that it belongs to.
      const closesBelow = indent === blockIndent && level === 1 && code === close;
      return cursor.at < text.length && (isInside || closesBelow);
    }
    cursor.at += 1;
    startLine(cursor, cursor.at);
  }
}

function spanFrom(line: number, indent: number, cursor: Cursor) {
  const { file, at, lineStart } = cursor;
  return { file, line, column: indent + 1, endLine: cursor.line, endColumn: at - lineStart + 1 };
}

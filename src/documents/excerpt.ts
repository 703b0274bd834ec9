import type { Diagnostic } from '../foundation/diagnostic.ts';
import type { Span } from '../foundation/span.ts';
import { type VisibleCharacter, visibleCharacters } from './visible-text.ts';

/** Wider lines are cut around the place that is meant. */
const widestCells = 100;

/** What is shown to the left of a cut, so that the place has surroundings. */
const leadCells = 30;

/** The lines of a span with a line of carets below the first, and so many lines of context before and behind. */
export function excerptLines(text: string, span: Span, context: number): string[] {
  const lines = text.split('\n').map(line => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const at = Math.min(Math.max(span.line, 1), lines.length);
  const first = Math.max(1, at - context);
  const last = Math.min(lines.length, at + context);
  const gutter = String(last).length;
  const marked = markedLine(lines[at - 1]!, span);
  const shown: string[] = [];
  for (let line = first; line <= last; line += 1) {
    const content =
      line === at ? marked.content : cutLine(visibleCharacters(lines[line - 1]!.slice(0, 2 * widestCells)), 0).content;
    shown.push(`${String(line).padStart(gutter)} | ${content}`.trimEnd());
    if (line === at) shown.push(`${' '.repeat(gutter)} | ${marked.carets}`);
  }
  return shown;
}

export interface FormatOptions {
  /** ANSI colours. */
  readonly color: boolean;
}

/** One problem for a terminal: place (which most terminals make clickable), code, message, excerpt, what to do. Without a line break at the end. */
export function formatDiagnostic(diagnostic: Diagnostic, text: string, { color }: FormatOptions): string {
  const paint = color ? painted : plain;
  const { span, severity } = diagnostic;
  const tone = severity === 'error' ? 'red' : 'yellow';
  const place = paint('bold', `${span.file}:${span.line}:${span.column}`);
  const head = `${place} ${paint(tone, `${severity} ${diagnostic.code}`)}: ${printable(diagnostic.message)}`;
  const excerpt = excerptLines(text, span, 1).map(
    line => `  ${isCaretLine(line) ? paint(tone, line) : paint('dim', line)}`,
  );
  const fix =
    diagnostic.suggestion === undefined ? [] : [`  ${paint('cyan', '→')} ${printable(diagnostic.suggestion)}`];
  return [head, ...excerpt, ...fix].join('\n');
}

interface MarkedLine {
  readonly content: string;
  readonly carets: string;
}

function markedLine(line: string, span: Span): MarkedLine {
  const severalLines = span.endLine > span.line;
  const start = Math.min(span.column - 1, line.length);
  const end = severalLines ? line.trimEnd().length : Math.min(span.endColumn - 1, line.length);
  const characters = visibleCharacters(line);
  const before = cellsOf(characters.filter(character => character.end <= start));
  const inside = cellsOf(characters.filter(character => character.end > start && character.end <= end));
  const { content, hiddenCells, lead } = cutLine(characters, before);
  const room = Math.max(1, widestCells - (before - hiddenCells) - lead);
  const carets = '^'.repeat(Math.min(Math.max(1, inside), room));
  const more = severalLines ? ` to line ${span.endLine}` : '';
  return { content, carets: `${' '.repeat(lead + before - hiddenCells)}${carets}${more}` };
}

/** The part of a line around a cell that fits; `hiddenCells` are left out at its begin, `lead` cells stand for them. */
function cutLine(characters: readonly VisibleCharacter[], aroundCell: number) {
  const all = cellsOf(characters);
  if (all <= widestCells)
    return { content: characters.map(character => character.shown).join(''), hiddenCells: 0, lead: 0 };
  const from = aroundCell < widestCells - leadCells ? 0 : aroundCell - leadCells;
  let cell = 0;
  let hiddenCells = 0;
  let content = '';
  for (const { shown, cells } of characters) {
    if (cell < from) hiddenCells += cells;
    else if (cell + cells - hiddenCells <= widestCells) content += shown;
    cell += cells;
  }
  const lead = hiddenCells > 0 ? 1 : 0;
  const cutBehind = all - hiddenCells > widestCells;
  return { content: `${lead > 0 ? '…' : ''}${content}${cutBehind ? '…' : ''}`, hiddenCells, lead };
}

function cellsOf(characters: readonly VisibleCharacter[]): number {
  return characters.reduce((sum, { cells }) => sum + cells, 0);
}

/** Messages quote what files and targets say. */
function printable(message: string): string {
  return visibleCharacters(message)
    .map(character => character.shown)
    .join('');
}

/** Every other line begins with its number. */
function isCaretLine(line: string): boolean {
  return /^ +\|/.test(line);
}

type Tone = 'bold' | 'dim' | 'red' | 'yellow' | 'cyan';

const codes: Readonly<Record<Tone, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

function painted(tone: Tone, text: string): string {
  const [on, off] = codes[tone];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

function plain(_tone: Tone, text: string): string {
  return text;
}

import type { SurvivorRow } from '../../prove/proof-report.ts';
import { shorten } from '../../reporters/cells.ts';
import type { Paint } from '../../reporters/paint.ts';
import { printable } from '../../reporters/printable.ts';
import { counted } from '../../reporters/words.ts';
import { amount } from './figures.ts';

/** Mutants of one member at one place that a check should have noticed. */
export interface Hole extends Pick<SurvivorRow, 'kind' | 'member' | 'mutants' | 'example' | 'span' | 'line'> {
  /** What makes some of a place differ from others: their operator, or what noticed them. */
  readonly word: string;
}

/** Holes of one kind of frame and one member of it. */
interface HoleGroup {
  readonly what: string;
  readonly rows: readonly Hole[];
  readonly mutants: number;
}

/** By frame kind and member, the largest group first. Bounded, unless `all` is asked for. */
export function holeLines(
  holes: readonly Hole[],
  { all, widthCells, paint }: { readonly all: boolean; readonly widthCells: number; readonly paint: Paint },
): readonly string[] {
  const groups = groupHoles(holes);
  const shown = all ? groups : groups.slice(0, groupsShown);
  const lines = shown.flatMap(group => [
    `  ${paint.warn(shorten(printable(group.what), widthCells - 4 - amount(group.mutants).length))}  ${amount(group.mutants)}`,
    ...placesOf(group, all, widthCells).flatMap(({ head, line, example }) => [
      `    ${shorten(head, widthCells - 4)}`,
      ...(line === '' ? [] : [`      ${shorten(line, widthCells - 6)}`]),
      // Not shortened: it is there to be copied.
      `      ${paint.faint(`such as ${example}`)}`,
    ]),
    ...moreOf(group, all),
  ]);
  const hidden = groups.length - shown.length;
  return hidden > 0 ? [...lines, `  and ${counted(hidden, 'more member')}: --all shows them`] : lines;
}

function groupHoles(holes: readonly Hole[]): readonly HoleGroup[] {
  const groups = new Map<string, Hole[]>();
  for (const row of holes) {
    const what = `${row.kind ?? 'no kind'}${row.member === null ? '' : ` ${row.member}`}`;
    const rows = groups.get(what);
    if (rows) rows.push(row);
    else groups.set(what, [row]);
  }
  return [...groups]
    .map(([what, rows]) => ({ what, rows, mutants: rows.reduce((sum, { mutants }) => sum + mutants, 0) }))
    .sort((a, b) => b.mutants - a.mutants);
}

interface Place {
  readonly head: string;
  readonly line: string;
  readonly example: string;
  readonly mutants: number;
}

/** Lines of scenarios where a check would belong. */
function placesOf({ rows }: HoleGroup, all: boolean, widthCells: number): readonly Place[] {
  const places = new Map<string, Hole[]>();
  for (const row of rows) {
    const at = `${row.span.file}:${row.span.line}`;
    places.set(at, [...(places.get(at) ?? []), row]);
  }
  const sorted = [...places]
    .map(([at, some]) => ({
      head: `${printable(at)}  ${wordsOf(some)}`,
      line: printable(some[0]!.line.trim()).slice(0, widthCells * 4),
      example: printable(some[0]!.example),
      mutants: some.reduce((sum, { mutants }) => sum + mutants, 0),
    }))
    .sort((a, b) => b.mutants - a.mutants);
  return all ? sorted : sorted.slice(0, placesShown);
}

function wordsOf(rows: readonly Hole[]): string {
  const amounts = new Map<string, number>();
  for (const { word, mutants } of rows) amounts.set(word, (amounts.get(word) ?? 0) + mutants);
  return [...amounts].map(([word, mutants]) => (mutants === 1 ? word : `${word} ${amount(mutants)}`)).join(', ');
}

function moreOf({ rows }: HoleGroup, all: boolean): readonly string[] {
  const places = new Set(rows.map(({ span }) => `${span.file}:${span.line}`)).size;
  return all || places <= placesShown ? [] : [`    and ${counted(places - placesShown, 'more place')}`];
}

const groupsShown = 12;
const placesShown = 3;

import type { Killer } from '../../prove/mutant.ts';
import type { ProofReport, ScoredCounts, SurvivorRow, UncheckedRow } from '../../prove/proof-report.ts';
import { shorten, wrap } from '../../reporters/cells.ts';
import { createPaint, type Paint } from '../../reporters/paint.ts';
import { printable } from '../../reporters/printable.ts';
import { counted } from '../../reporters/words.ts';
import type { Terminal } from '../terminal.ts';
import { amount, percentText, shareText } from './figures.ts';
import { type Hole, holeLines } from './hole-lines.ts';
import { numberTable } from './number-table.ts';

export interface ProofTextOptions extends Pick<Terminal, 'color' | 'widthCells'> {
  /** Every row of every table. */
  readonly all: boolean;
  /** How long the judging of the mutants alone took. */
  readonly judgingUs: number;
  /** prove.json, as a person would name it; undefined where none was written. */
  readonly reportAt: string | undefined;
}

/** What a person reads of a proof: the headline last, where the eye is. Ends with a newline. */
export function proofText(report: ProofReport, options: ProofTextOptions): string {
  const paint = createPaint(options.color);
  const blocks = [
    scenarioLines(report, options, paint),
    requirementLines(report, options, paint),
    section(
      'Operators',
      scoreTable(report.operators, ({ operator }) => operator, options),
      paint,
    ),
    section('Killed by', killerLines(report, options), paint),
    section(uncheckedTitle, holeLines(report.unchecked.map(uncheckedHole), { ...options, paint }), paint),
    section(
      'Survivors: what nothing checks',
      holeLines(report.survivors.map(survivorHole), { ...options, paint }),
      paint,
    ),
    leftLines(report, options, paint),
    headLines(report, options, paint),
  ];
  return blocks
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');
}

/** `gradagenda: 98.2 % of 41,203 mutants killed, 730 survived, 1,022 diverged, 2.1 % excluded`. */
export function headline({ proof, counts, scorePercent, left }: ProofReport): string {
  const { mutants, killed, survived, diverged, excluded } = counts;
  return [
    `${printable(proof)}: ${percentText(scorePercent)} of ${counted(killed + survived, 'mutant')} killed`,
    `${amount(survived)} survived`,
    `${amount(diverged)} diverged`,
    `${shareText(excluded, mutants)} excluded`,
    ...(left.length === 0 ? [] : [`${counted(left.length, 'execution')} left out`]),
  ].join(', ');
}

function headLines(report: ProofReport, { widthCells, judgingUs, reportAt }: ProofTextOptions, paint: Paint): string[] {
  const { counts, exclusions, warnings, survivors, scorePercent } = report;
  const seconds = judgingUs / 1_000_000;
  const perSecond = seconds > 0 ? `, ${amount(Math.round(counts.mutants / seconds))} a second` : '';
  const shares = exclusions.map(({ rule, mutants }) => `${rule} ${shareText(mutants, counts.mutants)}`);
  const prose = [
    `${counted(counts.mutants, 'mutant')} of ${counted(report.executions, 'execution')}${sampleText(report)}, judged in ${seconds.toFixed(1)} s${perSecond}`,
    `of all, ${shareText(counts.diverged, counts.mutants)} diverged: what we send would have been another`,
    `of all, ${shareText(counts.excluded, counts.mutants)} excluded${shares.length === 0 ? '' : `: ${shares.join(', ')}`}`,
    ...(warnings === 0
      ? []
      : [`${amount(warnings)} of the killed only by a should or a may: a run would pass with a warning`]),
    ...(reportAt === undefined ? [] : [`Report: ${printable(reportAt)}`]),
  ];
  const color = scorePercent === null || survivors.length > 0 ? paint.warn : paint.good;
  return [
    ...prose.flatMap(text => wrap(text, widthCells)),
    ...wrap(headline(report), widthCells).map(line => paint.strong(color(line))),
  ];
}

function sampleText({ sample, possible }: ProofReport): string {
  return sample === undefined ? '' : `, a sample of ${amount(possible)} with seed ${printable(sample.seed)}`;
}

/** The lowest scores first: all that are not perfect, as far as there is room. */
function scenarioLines({ scenarios }: ProofReport, options: ProofTextOptions, paint: Paint): readonly string[] {
  const rank = (row: ScoredCounts) => row.scorePercent ?? 100;
  const sorted = [...scenarios].sort((a, b) => rank(a) - rank(b) || b.survived - a.survived);
  const imperfect = sorted.filter(row => rank(row) < 100);
  const shown = options.all ? sorted : imperfect.slice(0, rowsShown);
  const hidden = sorted.length - shown.length;
  const perfect = sorted.length - imperfect.length;
  const rest = [
    ...(imperfect.length > shown.length ? [`${imperfect.length - shown.length} more`] : []),
    ...(perfect > 0 ? [`${perfect} without a survivor`] : []),
  ];
  const lines = shown.length === 0 ? [] : scoreTable(shown, ({ scenario }) => scenario, options);
  return section('Scenarios', [...lines, ...(hidden > 0 ? [`  and ${rest.join(', ')}`] : [])], paint);
}

/** What killed most tells little; what killed nothing tells that its checks were never needed. */
function requirementLines({ requirements }: ProofReport, options: ProofTextOptions, paint: Paint): readonly string[] {
  const sorted = [...requirements].sort((a, b) => b.killed - a.killed);
  const idle = sorted.filter(({ killed }) => killed === 0);
  const killing = sorted.filter(({ killed }) => killed > 0);
  const shown = options.all ? killing : killing.slice(0, rowsShown);
  const rows = shown.map(({ requirement, level, killed }) => [`${requirement} (${level})`, amount(killed)]);
  const names = options.all ? idle : idle.slice(0, idleShown);
  const more = idle.length > names.length ? ` and ${idle.length - names.length} more` : '';
  return section(
    'Requirements, by what their checks killed',
    [
      ...numberTable(rows.length === 0 ? [] : [['', 'killed'], ...rows], options.widthCells, '  '),
      ...(killing.length > shown.length ? [`  and ${killing.length - shown.length} more`] : []),
      ...(idle.length === 0
        ? []
        : wrap(
            `killed nothing: ${names.map(({ requirement }) => requirement).join(', ')}${more}`,
            options.widthCells - 2,
          ).map(line => `  ${line}`)),
    ],
    paint,
  );
}

function scoreTable<Row extends ScoredCounts>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  { widthCells }: ProofTextOptions,
): readonly string[] {
  const cells = rows.map(row => [
    printable(nameOf(row)),
    ...[row.killed, row.survived, row.diverged, row.excluded].map(amount),
    percentText(row.scorePercent),
  ]);
  return numberTable([['', 'killed', 'survived', 'diverged', 'excluded', 'score'], ...cells], widthCells, '  ');
}

function killerLines(
  { killers, counts, mustValues }: ProofReport,
  { widthCells }: ProofTextOptions,
): readonly string[] {
  const rows = killers.map(({ killer, mutants }) => [
    killerWords[killer],
    amount(mutants),
    shareText(mutants, counts.killed),
  ]);
  const { mutants, checkPercent, warnings } = mustValues;
  const warning = warnings === 0 ? '' : `, ${shareText(warnings, mutants)} only by a should or a may`;
  const values = `changed values that a must names: ${percentText(checkPercent)} of ${amount(mutants)} killed by an explicit check${warning}`;
  return [...numberTable(rows, widthCells, '  '), ...wrap(values, widthCells - 2).map(line => `  ${line}`)];
}

function uncheckedHole({ by, ...row }: UncheckedRow): Hole {
  return { ...row, word: killerWords[by] };
}

function survivorHole({ operator, ...row }: SurvivorRow): Hole {
  return { ...row, word: operator };
}

function leftLines({ left }: ProofReport, { all, widthCells }: ProofTextOptions, paint: Paint): readonly string[] {
  const shown = all ? left : left.slice(0, leftShown);
  const lines = shown.map(
    ({ execution, verdict }) => `  ${shorten(`${printable(execution)} (${verdict})`, widthCells - 2)}`,
  );
  const more = left.length > shown.length ? [`  and ${left.length - shown.length} more`] : [];
  return section(
    `Left out, for only what passes can be mutated: ${counted(left.length, 'execution')}`,
    [...lines, ...more],
    paint,
  );
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : [paint.strong(title), ...lines];
}

const killerWords: Readonly<Record<Killer, string>> = {
  requirement: "a requirement's check",
  step: 'a step of the scenario',
  recipe: 'a step of a recipe',
  barrier: 'a barrier',
  'closed-world': 'the closed world',
  schema: 'a schema',
};
const uncheckedTitle = 'Values that a must names and that no check noticed';
const rowsShown = 15;
const idleShown = 20;
const leftShown = 10;

import type { ExecutionResult, RequirementResult, Results, SuiteResult } from '../evidence/results.ts';
import { formatDurationUs } from '../foundation/duration.ts';
import { type Verdict, worst } from '../foundation/verdict.ts';
import { shorten, windowOf, wrap } from './cells.ts';
import type { RenderOptions } from './options.ts';
import { createPaint, type Paint } from './paint.ts';
import { printable } from './printable.ts';
import { renderRequirementTable } from './requirement-table.ts';
import { counted, gates } from './words.ts';

/** What a person wants to know after a run, in one screen. Ends with a newline. */
export function renderSummary(results: Results, options: RenderOptions): string {
  const paint = createPaint(options.color);
  const blocks = [
    ...results.suites.map(suite => renderSuite(suite, results, options, paint)),
    runLines(results, options, paint),
  ];
  return blocks.map(lines => `${lines.join('\n')}\n`).join('\n');
}

function renderSuite(suite: SuiteResult, results: Results, options: RenderOptions, paint: Paint): string[] {
  const executions = results.executions.filter(({ pack }) => pack === suite.pack);
  const head = `${counted(executions.length, 'execution')}: ${countLine(executions)}`;
  const has = (requirement: RequirementResult, ...verdicts: RequirementResult['verdict'][]) =>
    requirement.excluded === undefined && verdicts.includes(requirement.verdict);
  const list = (name: string, holds: (requirement: RequirementResult) => boolean) =>
    requirementLines(name, suite.requirements.filter(holds), options.width, paint);
  return [
    paint.strong(shorten(printable(suite.pack), options.width)),
    ...wrap(head, options.width - 2).map(line => `  ${line}`),
    ...renderRequirementTable(suite.requirements)
      .flatMap(line => wrap(line, options.width - 2))
      .map(line => `  ${line}`),
    ...list(paint.bad('Error'), each => has(each, 'error')),
    ...list(paint.bad('Failed'), each => has(each, 'fail') && gates(each.level, options)),
    ...list(paint.warn('Warning: failed, but no must'), each => has(each, 'fail') && !gates(each.level, options)),
    ...list(paint.warn('Not testable: something before it failed'), each => has(each, 'not-testable')),
    ...list(paint.warn('Inconclusive'), each => has(each, 'inconclusive')),
    ...transportLines(suite, options.width, paint),
    ...groundLines(executions, options.width),
    ...reasonLines('Not applicable', executions, 'not-applicable', options.width),
    ...reasonLines('Not run', executions, 'not-run', options.width),
  ];
}

function countLine(executions: readonly ExecutionResult[]): string {
  const counts = new Map<string, number>();
  for (const { verdict } of executions)
    counts.set(executionWords[verdict], (counts.get(executionWords[verdict]) ?? 0) + 1);
  const parts = [...new Set(Object.values(executionWords))]
    .filter(word => counts.has(word))
    .map(word => `${counts.get(word)} ${word}`);
  return parts.join(', ') || 'nothing ran';
}

function requirementLines(
  name: string,
  requirements: readonly RequirementResult[],
  width: number,
  paint: Paint,
): string[] {
  if (requirements.length === 0) return [];
  const lines = requirements
    .slice(0, rowsShown)
    .flatMap(({ id, level, text, decidedBy }) => [
      `    ${windowOf(`${printable(id)} (${level})  ${printable(text)}`, 0, width - 4)}`,
      ...decidedByLine(decidedBy, width).map(paint.faint),
    ]);
  return [`  ${name}`, ...lines, ...moreLine(requirements.length, rowsShown)];
}

function decidedByLine([first, ...others]: readonly string[], width: number): string[] {
  if (first === undefined) return [];
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return [`      ${shorten(printable(first), width - 6 - more.length)}${more}`];
}

/** What only one of the transports does: a rule that stands in a codec, where it is not the scenario that is wrong. */
function transportLines(
  { requirements, transportDifferences = [] }: SuiteResult,
  width: number,
  paint: Paint,
): string[] {
  const differing = requirements.flatMap(({ id, byTransport }) =>
    byTransport
      ? [
          `${id}: ${Object.entries(byTransport)
            .map(pair => pair.join(' '))
            .join(', ')}`,
        ]
      : [],
  );
  const members = transportDifferences.map(({ span, at, values }) => {
    const each = Object.entries(values).map(([transport, text]) => `${transport} ${text}`);
    return `${span.file}:${span.line} ${at || 'the frame'}: ${each.join(', ')}`;
  });
  return [
    ...listed(paint.warn('Not the same on every transport'), differing, width),
    ...listed(paint.warn('Came otherwise on another transport, and no check is about it'), members, width),
  ];
}

function listed(name: string, rows: readonly string[], width: number): string[] {
  if (rows.length === 0) return [];
  const lines = rows.slice(0, rowsShown).map(row => `    ${shorten(printable(row), width - 4)}`);
  return [`  ${name}`, ...lines, ...moreLine(rows.length, rowsShown)];
}

// A must that rests on something not having come says how well that is known (language, section 9).
function groundLines(executions: readonly ExecutionResult[], width: number): string[] {
  const checks = executions.flatMap(({ checks }) => checks).filter(({ verdict }) => verdict === 'pass');
  const weak = checks
    .filter(({ level, absence }) => level === 'must' && (absence === 'own' || absence === 'weak'))
    .map(({ check, absence }) => `${check} (${absence})`);
  const lenient = checks.filter(each => each.lenient).map(({ check }) => check);
  return [
    ...namesLines('Passed because something did not come, without the strongest proof that it will not', weak, width),
    ...namesLines('Passed by a lenient alternative', lenient, width),
  ];
}

function namesLines(name: string, names: readonly string[], width: number): string[] {
  const distinct = [...new Set(names)];
  if (distinct.length === 0) return [];
  const text = distinct.slice(0, namesShown).map(printable).join(', ');
  return [
    ...wrap(name, width - 2).map(line => `  ${line}`),
    ...wrap(text, width - 4).map(line => `    ${line}`),
    ...moreLine(distinct.length, namesShown),
  ];
}

function reasonLines(
  name: string,
  executions: readonly ExecutionResult[],
  verdict: ExecutionResult['verdict'],
  width: number,
): string[] {
  const byReason = new Map<string, number>();
  for (const execution of executions) {
    if (execution.verdict !== verdict) continue;
    const reason = execution.reason ?? 'no reason was recorded';
    byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
  }
  if (byReason.size === 0) return [];
  const rows = [...byReason].sort((a, b) => b[1] - a[1]).slice(0, rowsShown);
  const lines = rows.flatMap(([reason, amount]) =>
    wrap(`${counted(amount, 'execution')}: ${printable(reason)}`, width - 4).map(line => `    ${line}`),
  );
  return [`  ${name}`, ...lines, ...moreLine(byReason.size, rowsShown)];
}

function moreLine(all: number, shown: number): string[] {
  return all > shown ? [`    and ${all - shown} more`] : [];
}

function runLines(results: Results, options: RenderOptions, paint: Paint): string[] {
  const { counts, target } = results;
  const duration = formatDurationUs(results.durationMs * 1000);
  const prose = [
    `${printable(results.tool)} on ${printable(target.title)} (${printable(target.kind)}), ${printable(results.startedAt)}, seed ${printable(results.seed)}`,
    `${counted(counts.checks, 'check')}, ${counted(counts.framesSent, 'frame')} sent, ${counts.framesReceived.toLocaleString('en-US')} received, in ${duration}`,
    ...(results.cut === undefined ? [] : [`Cut short: ${printable(results.cut)}`]),
    ...(results.changed.length === 0
      ? []
      : [
          `Changed since the run, and judged as they are now: ${results.changed.map(({ file }) => printable(file)).join(', ')}`,
        ]),
    ...(options.reportsAt === undefined ? [] : [`Reports: ${printable(options.reportsAt)}`]),
  ];
  return [...prose.flatMap(text => wrap(text, options.width)), verdictLine(results, options, paint)];
}

function verdictLine(results: Results, options: RenderOptions, paint: Paint): string {
  const checks = results.executions.flatMap(execution => execution.checks);
  const isWarning = ({ verdict, level }: { verdict: Verdict; level: (typeof checks)[number]['level'] }) =>
    (verdict === 'fail' || verdict === 'not-testable') && !gates(level, options);
  const warnings = checks.filter(isWarning).length;
  // Where checks are all there is to know, those that are only warnings do not make it red.
  const failed = results.verdict === 'fail' || results.verdict === 'not-testable';
  const verdict =
    failed && warnings > 0
      ? worst(checks.filter(check => !isWarning(check)).map(check => check.verdict))
      : results.verdict;
  const incomplete = results.complete ? '' : ', and not complete';
  const withWarnings = verdict === 'pass' && warnings > 0 ? `, with ${counted(warnings, 'warning')}` : '';
  const color =
    verdict === 'pass'
      ? incomplete === '' && withWarnings === ''
        ? paint.good
        : paint.warn
      : verdict === 'none' || verdict === 'inconclusive'
        ? paint.warn
        : paint.bad;
  return paint.strong(color(`${verdictWords[verdict]}${withWarnings}${incomplete}`));
}

const executionWords: Readonly<Record<ExecutionResult['verdict'], string>> = {
  pass: 'passed',
  fail: 'failed',
  'not-testable': 'failed',
  error: 'stopped by an error',
  inconclusive: 'inconclusive',
  none: 'without a check',
  'not-applicable': 'not applicable',
  'not-run': 'not run',
};
const verdictWords: Readonly<Record<Verdict, string>> = {
  none: 'NOTHING WAS CHECKED',
  pass: 'PASSED',
  inconclusive: 'INCONCLUSIVE',
  'not-testable': 'FAILED',
  fail: 'FAILED',
  error: 'ERROR',
};
const rowsShown = 20;
const namesShown = 30;

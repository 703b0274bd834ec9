import type { ExecutionResult, Results } from '../evidence/results.ts';
import { renderFailure } from './failure.ts';
import { type FailureGroup, groupFailures } from './failures.ts';
import type { RenderOptions } from './options.ts';
import { printable } from './printable.ts';
import { gates } from './words.ts';
import { type Element, element, writeXml } from './xml.ts';

/** junit.xml in the form that CI systems share: a suite for each pack, a test case for each execution. */
export function renderJunit(results: Results, options: RenderOptions): string {
  const plain = { ...options, color: false, width: textCells };
  const packs = [
    ...new Set([...results.suites.map(({ pack }) => pack), ...results.executions.map(({ pack }) => pack)]),
  ];
  const suites = packs.map(pack => suiteOf(pack, results, plain));
  const sum = (name: 'tests' | 'failures' | 'errors' | 'skipped') =>
    suites.reduce((total, { attributes }) => total + Number(attributes[name]), 0);
  return writeXml(
    element(
      'testsuites',
      {
        name: results.results,
        tests: sum('tests'),
        failures: sum('failures'),
        errors: sum('errors'),
        skipped: sum('skipped'),
        time: secondsOf(results.durationMs),
      },
      suites,
    ),
  );
}

function suiteOf(pack: string, results: Results, options: RenderOptions): Element {
  const executions = results.executions.filter(execution => execution.pack === pack);
  const cases = executions.map(execution => ({ execution, outcome: outcomeOf(execution, options) }));
  const count = (name: string) => cases.filter(({ outcome }) => outcome?.name === name).length;
  const attributes = {
    name: pack,
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: secondsOf(executions.reduce((total, { durationMs }) => total + durationMs, 0)),
    timestamp: timestampOf(results.startedAt),
  };
  const about = [
    property('tool', results.tool),
    property('target', results.target.title),
    property('seed', results.seed),
    property('complete', String(results.complete)),
    ...(results.cut === undefined ? [] : [property('cut', results.cut)]),
  ];
  const children = cases.map(({ execution, outcome }) => caseOf(execution, outcome, options));
  return element('testsuite', attributes, [element('properties', {}, about), ...children]);
}

function caseOf(execution: ExecutionResult, outcome: Element | undefined, options: RenderOptions): Element {
  const about = [
    property('scenario', execution.scenario),
    property('transport', execution.transport),
    property('verdict', execution.verdict),
    ...execution.checks.map(({ check, verdict }) => property(`check ${check}`, verdict)),
  ];
  const { span } = execution.failures[0] ?? {};
  const attributes = {
    name: `${execution.title} [${execution.id}]`,
    classname: classOf(execution.scenario),
    time: secondsOf(execution.durationMs),
    file: `${options.filePrefix ?? ''}${span?.file ?? execution.scenario}`,
    line: span?.line,
  };
  const output = outputOf(execution, options);
  return element('testcase', attributes, [
    element('properties', {}, about),
    ...(outcome ? [outcome] : []),
    ...(output === '' ? [] : [element('system-out', {}, [output])]),
  ]);
}

/** What a test case says besides that it ran; undefined if it passed, warnings or not. */
function outcomeOf(execution: ExecutionResult, options: RenderOptions): Element | undefined {
  const { verdict, reason, checks, failures } = execution;
  if (verdict === 'pass') return undefined;
  if (verdict === 'not-applicable' || verdict === 'not-run')
    return element('skipped', { message: `${verdict}: ${reason ?? 'no reason was recorded'}` });
  if (verdict === 'none') return element('skipped', { message: 'nothing was checked' });
  const failed = verdict === 'fail' || verdict === 'not-testable';
  const all = groupFailures(failures);
  const counting = all.filter(group => groupCounts(group, options));
  if (failed && counting.length === 0 && all.length > 0 && !checks.some(check => countsFor(check, options)))
    return undefined;
  const groups = counting.length > 0 ? counting : all;
  const worst = groups.find(({ cause }) => cause.verdict === verdict)?.cause ?? groups[0]?.cause;
  const message = worst ? `${worst.check} (${worst.level}): ${worst.message}` : `the execution ended as ${verdict}`;
  const text = textOf(groups, execution, options);
  return element(failed ? 'failure' : 'error', { message, type: worst?.kind ?? verdict }, text === '' ? [] : [text]);
}

function outputOf(execution: ExecutionResult, options: RenderOptions): string {
  const warnings = groupFailures(execution.failures).filter(group => !groupCounts(group, options));
  const notes = execution.notes.map(note => `note: ${printable(note)}\n`);
  return [textOf(warnings, execution, options), ...notes].join('');
}

function textOf(groups: readonly FailureGroup[], execution: ExecutionResult, options: RenderOptions): string {
  return groups.map(({ cause, consequences }) => renderFailure(cause, execution, options, consequences)).join('\n');
}

function groupCounts({ cause, consequences }: FailureGroup, options: RenderOptions): boolean {
  return [cause, ...consequences].some(failure => countsFor(failure, options));
}

function countsFor(
  { verdict, level }: Pick<ExecutionResult['checks'][number], 'verdict' | 'level'>,
  options: RenderOptions,
): boolean {
  if (verdict === 'error' || verdict === 'inconclusive') return true;
  return (verdict === 'fail' || verdict === 'not-testable') && gates(level, options);
}

function property(name: string, value: string): Element {
  return element('property', { name, value });
}

// CI systems make a tree of the dots.
function classOf(scenario: string): string {
  return scenario.replace(/\.yaml$/, '').replaceAll('/', '.');
}

// The common form has no zone; ours is always UTC.
function timestampOf(startedAt: string): string | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(startedAt)?.[0];
}

function secondsOf(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}

const textCells = 120;

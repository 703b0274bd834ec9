import type { Diagnostic } from '../../foundation/diagnostic.ts';
import { parseDurationUs } from '../../foundation/duration.ts';
import type { CaseNode, ScenarioFile } from '../files/file-types.ts';
import type { Plan, Step } from '../plan.ts';
import { environmentAt } from './environment.ts';
import { expandSteps } from './expand-steps.ts';
import type { Place } from './place.ts';
import { type PlanContext, startContext } from './plan-context.ts';
import { packPatterns, planClient, textsOf } from './plan-parts.ts';
import { copyStart, expandOwnSteps, type PlanStart, startPlan, unrollingOf } from './plan-start.ts';
import { settle } from './settle.ts';
import { noSite } from './site.ts';
import { reportUnknown } from './suggest.ts';
import { noTrace, type Report, type SuiteSource, type Trace } from './suite-source.ts';

/** The most steps of all plans of a scenario: cases and transports multiply. */
const maxStepsOfScenario = 100_000;

const maxStepsOfBroken = 5_000;

export const defaultTimeoutUs = 60_000_000;

/**
 * The language made flat: one plan for each case on each transport. What is wrong is reported; plans are fit to run only if
 * no error was.
 */
export function compilePlans(
  scenario: ScenarioFile,
  source: SuiteSource,
  report: Report,
  trace: Trace = noTrace,
): Plan[] {
  let broken = false;
  const once = reportOnce(diagnostic => {
    broken ||= diagnostic.severity === 'error';
    report(diagnostic);
  });
  if (scenario.protocol.value !== source.pack.name) {
    reportUnknown(once, {
      code: 'unknown-protocol',
      what: 'protocol in this folder',
      name: scenario.protocol.value,
      span: scenario.protocol.span,
      known: [source.pack.name],
    });
  }
  const transports = transportsOf(scenario, source, once);
  const cases: readonly (CaseNode | undefined)[] = scenario.cases.length > 0 ? scenario.cases : [undefined];
  const plans: Plan[] = [];
  let steps = 0;
  for (const transport of transports) {
    let common: PlanStart | undefined;
    for (const caseNode of cases) {
      const start = common
        ? copyStart(common, caseNode)
        : startPlan(scenario, startContext(source, { report: once, trace, transport, case: caseNode }));
      const { context } = start;
      const shared = expandOwnSteps(scenario, start);
      common ??= shared;
      plans.push(finishPlan(scenario, start, transports.length > 1));
      steps += context.counts.steps;
      // A file that has been found broken need not be expanded to the end.
      if (context.counts.full || (broken && steps > maxStepsOfBroken)) return plans;
      if (steps > maxStepsOfScenario) {
        once({
          code: 'too-many-steps',
          severity: 'error',
          message: `the cases of this scenario have more than ${maxStepsOfScenario} steps`,
          span: scenario.span,
        });
        return plans;
      }
    }
  }
  return plans;
}

/** A fragment that ten plans include reports its problem once. */
export function reportOnce(report: Report): Report {
  const reported = new Set<string>();
  return (diagnostic: Diagnostic) => {
    const { file, line, column } = diagnostic.span;
    const key = `${file}:${line}:${column} ${diagnostic.code} ${diagnostic.message}`;
    if (reported.has(key)) return;
    reported.add(key);
    report(diagnostic);
  };
}

function transportsOf(scenario: ScenarioFile, { pack }: SuiteSource, report: Report): readonly string[] {
  if (!scenario.transports) {
    const all = [...pack.transports.values()].filter(transport => transport.message).map(transport => transport.name);
    if (all.length === 0) reportNoTransport(scenario, report);
    return all;
  }
  const known = [...pack.transports.keys()];
  for (const { value: name, span } of scenario.transports) {
    if (!known.includes(name))
      reportUnknown(report, { code: 'unknown-transport', what: 'transport', name, span, known });
  }
  return scenario.transports.map(transport => transport.value).filter(name => known.includes(name));
}

function reportNoTransport(scenario: ScenarioFile, report: Report): void {
  report({
    code: 'no-transport',
    severity: 'error',
    message: 'the pack has no message transport, and the scenario names none',
    span: scenario.title.span,
    suggestion: 'add transports',
  });
}

function finishPlan(scenario: ScenarioFile, start: PlanStart, severalTransports: boolean): Plan {
  const { context, scope, actors, steps } = start;
  for (const { name } of context.case?.members ?? [])
    if (name.value !== 'name') context.trace.define('case', name.value, name.span);
  const last: Step[] = [];
  expandSteps(scenario.finally, { ...unrollingOf(start), phase: 'finally', out: last });
  const clients = scenario.clients.map((client, k) =>
    planClient(client, { ofScenario: scenario.ignore, ofActor: actors[k]?.ignore }, { scope, context, site: noSite }),
  );
  const name = context.case?.name.value;
  const suffix = `${name === undefined ? '' : `#${name}`}${severalTransports ? `@${context.transport}` : ''}`;
  return {
    id: `${scenario.file.replace(/\.ya?ml$/, '')}${suffix}`,
    pack: context.source.pack.name,
    scenario: scenario.file,
    title: name === undefined ? scenario.title.value : `${scenario.title.value}: ${name}`,
    ...(name !== undefined && { case: name }),
    transport: context.transport,
    tags: scenario.tags.map(tag => tag.value),
    needs: scenario.needs.map(need => need.value),
    sources: [...context.fetched],
    restarts: context.counts.restarts > 0,
    // Calls do not say which scenario they belong to, so nothing else may cause any.
    exclusive: scenario.exclusive || clients.some(client => isCalled(context, client.transport)),
    timeoutUs: timeoutUs(scenario, { scope, context, site: noSite }),
    clients,
    steps,
    finally: last,
    foreign: packPatterns(context, 'foreign'),
    sourceTexts: textsOf(context),
    span: scenario.span,
  };
}

function isCalled({ source }: PlanContext, transport: string): boolean {
  return source.pack.transports.get(transport)?.role === 'server';
}

function timeoutUs(scenario: ScenarioFile, place: Place): number {
  if (!scenario.timeout) return defaultTimeoutUs;
  const node = settle(scenario.timeout, environmentAt(place))?.node;
  const us = node?.type === 'scalar' && typeof node.value === 'string' ? parseDurationUs(node.value) : undefined;
  if (us !== undefined) return us;
  place.context.report({
    code: 'not-settled',
    severity: 'error',
    message: 'timeout has to be a duration that is known when the file is read',
    span: scenario.timeout.span,
    suggestion: 'write a number with its unit: 90 s',
  });
  return defaultTimeoutUs;
}

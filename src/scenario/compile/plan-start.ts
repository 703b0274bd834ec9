import type { Actor } from '../../packs/file-types.ts';
import type { CaseNode, ScenarioFile } from '../files/file-types.ts';
import type { Step } from '../plan.ts';
import { expandSteps, type Unrolling } from './expand-steps.ts';
import { copyScope, type NameScope, openScope } from './name-scope.ts';
import { copyContext, type PlanContext } from './plan-context.ts';
import { declareClient, expandRecipe } from './recipes.ts';
import { writtenNames } from './written-names.ts';

/**
 * A plan as far as it is made. Cases multiply plans, and mostly differ in a step or two: what comes before the first that reads
 * its case is expanded once, and its steps are the same objects in every plan.
 */
export interface PlanStart {
  readonly context: PlanContext;
  readonly scope: NameScope;
  /** What the scenario's clients are, in their order. */
  readonly actors: readonly (Actor | undefined)[];
  readonly steps: Step[];
  /** How many of the scenario's own steps have been expanded. */
  readonly expanded: number;
}

/** Clients and their recipes. */
export function startPlan(scenario: ScenarioFile, context: PlanContext): PlanStart {
  context.files.add(scenario.file);
  const scope = scenarioScope(scenario, context);
  const actors = scenario.clients.map(client => declareClient(client, scope, context));
  const start: PlanStart = { context, scope, actors, steps: [], expanded: 0 };
  for (const [k, client] of scenario.clients.entries())
    expandRecipe(client, actors[k], { ...unrollingOf(start), phase: 'recipe' });
  return start;
}

/** The same, to go on from with another case. */
export function copyStart(start: PlanStart, caseNode: CaseNode | undefined): PlanStart {
  const { context, scope, steps } = start;
  return { ...start, context: copyContext(context, caseNode), scope: copyScope(scope), steps: [...steps] };
}

/** The scenario's own steps, from the first that is not expanded yet. Gives what comes before the first that reads the case. */
export function expandOwnSteps(scenario: ScenarioFile, start: PlanStart): PlanStart | undefined {
  const { context } = start;
  let common: PlanStart | undefined;
  for (const [k, step] of scenario.steps.entries()) {
    if (k < start.expanded) continue;
    if (scenario.cases.length > 1 && context.counts.caseReads === 0)
      common = { ...copyStart(start, context.case), expanded: k };
    expandSteps([step], { ...unrollingOf(start), phase: 'steps' });
  }
  return common;
}

export function unrollingOf({ scope, context, steps }: PlanStart): Omit<Unrolling, 'phase'> {
  return { scope, context, via: [], open: [], out: steps };
}

function scenarioScope(scenario: ScenarioFile, context: PlanContext): NameScope {
  let written: ReturnType<typeof writtenNames> | undefined;
  const steps = [...scenario.steps, ...scenario.finally];
  const scope = openScope({
    number: ++context.counts.scopes,
    kind: 'scenario',
    written: () => (written ??= writtenNames(steps, context.source.fragments)),
  });
  for (const { name, node } of scenario.vars) {
    context.trace.define('variable', name.value, name.span);
    scope.macros.set(name.value, { name: name.value, node, scope, span: name.span });
  }
  return scope;
}

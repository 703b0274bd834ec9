import { formatDurationUs } from '../../foundation/duration.ts';
import type { Plan, Step } from '../../scenario/plan.ts';
import { checksOf, requirementOf } from '../../suites/plan-checks.ts';
import type { Suite } from '../../suites/suite.ts';
import { columns } from '../columns.ts';
import { plainOverlay, plainPlans } from '../plain-overlay.ts';
import { stepLines } from './step-words.ts';
import { writtenForm } from './written-form.ts';

/** A scenario as it is run: clients, steps in words, checks. Of several executions the first. Ends with a newline. */
export function scenarioText(suite: Suite, scenario: string): string {
  const plans = plainPlans(suite, scenario);
  const [plan] = plans;
  if (!plan) return `${scenario}\n  It has errors; \`antiphon lint\` lists them.\n`;
  const blocks = [
    headLines(plan, plans),
    [
      'clients',
      ...columns(
        plan.clients.map(({ name, actor, transport }) => [name, actor, transport]),
        '  ',
      ),
    ],
    ...stepBlocks(suite, plan),
    ['checks', ...columns(checkRows(suite, plan), '  ')],
  ];
  return blocks.map(lines => `${lines.join('\n')}\n`).join('\n');
}

function headLines(plan: Plan, plans: readonly Plan[]): readonly string[] {
  const { scenario, title, tags, needs, exclusive, timeoutUs } = plan;
  const facts = [
    ...(tags.length > 0 ? [['tags', tags.join(', ')]] : []),
    ...(needs.length > 0 ? [['needs', needs.join(', ')]] : []),
    ...(exclusive ? [['isolation', 'alone on the target']] : []),
    ['at most', formatDurationUs(timeoutUs)],
    ...(plans.length > 1 ? [['shown', `${plan.id}, the first of ${plans.length} executions`]] : []),
  ];
  return [scenario, `  ${title}`, ...columns(facts, '  ')];
}

function stepBlocks(suite: Suite, plan: Plan): readonly (readonly string[])[] {
  const form = writtenForm(plan, suite.rootsFor(plainOverlay)(plan.transport));
  const phases = [
    { title: 'before the steps: what the clients bring', steps: plan.steps.filter(({ phase }) => phase === 'recipe') },
    { title: 'steps', steps: plan.steps.filter(({ phase }) => phase === 'steps') },
    { title: 'finally', steps: plan.finally },
  ];
  return phases.flatMap(({ title, steps }) =>
    steps.length === 0 ? [] : [[title, ...numbered(steps, step => stepLines(step, form))]],
  );
}

function numbered(steps: readonly Step[], linesOf: (step: Step) => readonly string[]): readonly string[] {
  const digits = String(steps.length).length;
  return steps.flatMap((step, k) => {
    const [first = '', ...others] = linesOf(step);
    const blank = ' '.repeat(digits + 2);
    return [`  ${String(k + 1).padStart(digits)}. ${first}`, ...others.map(line => `  ${blank}${line}`)];
  });
}

function checkRows({ ledger }: Suite, plan: Plan): readonly (readonly string[])[] {
  return checksOf(plan).map(check => {
    const requirement = ledger.byId.get(requirementOf(check));
    return [check, requirement?.level ?? 'must', requirement?.text ?? ''];
  });
}

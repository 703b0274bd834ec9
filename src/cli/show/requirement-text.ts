import { sourceText } from '../../judging/failure-report.ts';
import type { Requirement } from '../../packs/file-types.ts';
import { checksOf, requirementOf } from '../../suites/plan-checks.ts';
import type { Suite } from '../../suites/suite.ts';
import { columns } from '../columns.ts';
import { plainPlans } from '../plain-overlay.ts';

/** A row of the ledger, and the executions that could decide it. Ends with a newline. */
export function requirementText(suite: Suite, requirement: Requirement): string {
  const { id, level, text, source, interpretation, needs, since, until, excluded, members, span } = requirement;
  const facts = [
    ['source', sourceText(suite.ledger, source) + (interpretation ? ' (our interpretation)' : '')],
    ...(needs.length > 0 ? [['needs', needs.join(', ')]] : []),
    ...(since === undefined ? [] : [['since', since]]),
    ...(until === undefined ? [] : [['until', until]]),
    ...(members.length > 0 ? [['members', members.map(({ kind, at }) => `${kind} ${at}`).join(', ')]] : []),
    ...(excluded === undefined ? [] : [['excluded', excluded]]),
    ['ledger', `${span.file}:${span.line}`],
  ];
  const deciding = decidingExecutions(suite, id);
  const checked = deciding.length === 0 ? ['nowhere'] : columns(deciding);
  const lines = [
    `${id} (${level})`,
    `  ${text}`,
    '',
    ...columns(facts, '  '),
    '',
    '  checked by',
    ...checked.map(line => `    ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Executions with the ids of their checks on the requirement. */
function decidingExecutions(suite: Suite, id: string): readonly (readonly string[])[] {
  if (everyScenario.includes(id)) return [['every scenario']];
  return suite.selected.flatMap(scenario =>
    plainPlans(suite, scenario).flatMap(plan => {
      const checks = checksOf(plan).filter(check => requirementOf(check) === id);
      return checks.length === 0 ? [] : [[plan.id, checks.join(', ')]];
    }),
  );
}

// Language, section 10.
const everyScenario = ['steps.done', 'frames.valid', 'frames.unasked'];

import type { ExecutionResult, RequirementResult } from '../evidence/results.ts';
import { type Verdict, verdicts, worst } from '../foundation/verdict.ts';
import type { Ledger } from '../packs/file-types.ts';
import type { Plan } from '../scenario/plan.ts';
import { checksOf, requirementOf } from '../suites/plan-checks.ts';
import { sourceText } from './failure-report.ts';

/** Executions named for one requirement. */
const shownExecutions = 5;

interface Decided {
  readonly verdict: Verdict;
  readonly execution: string;
  readonly transport: string;
}

/** What a run says about every row of the ledger. */
export function requirementResults(
  ledger: Ledger,
  executions: readonly ExecutionResult[],
  plans: ReadonlyMap<string, Plan>,
): readonly RequirementResult[] {
  const decided = new Map<string, Decided[]>();
  const inapplicable = new Set<string>();
  for (const execution of executions) {
    const plan = plans.get(execution.id);
    if (execution.verdict === 'not-applicable' && plan)
      for (const check of checksOf(plan)) inapplicable.add(requirementOf(check));
    for (const { requirement, verdict } of execution.checks) {
      const list = decided.get(requirement);
      const { id, transport } = execution;
      if (list) list.push({ verdict, execution: id, transport });
      else decided.set(requirement, [{ verdict, execution: id, transport }]);
    }
  }
  return ledger.requirements.map(({ id, level, text, source, interpretation, excluded }) => {
    const list = decided.get(id) ?? [];
    const verdict =
      list.length === 0 && inapplicable.has(id) ? 'not-applicable' : worst(list.map(each => each.verdict));
    return {
      id,
      level,
      text,
      source: sourceText(ledger, source),
      ...(interpretation ? { interpretation } : {}),
      ...(excluded === undefined ? {} : { excluded }),
      verdict,
      ...differing(list),
      decidedBy: [
        ...new Set(
          [...list]
            .sort((a, b) => verdicts.indexOf(b.verdict) - verdicts.indexOf(a.verdict))
            .map(each => each.execution),
        ),
      ].slice(0, shownExecutions),
    };
  });
}

/** A server that is right over one transport and wrong over another has a rule where it should have a codec. */
function differing(decided: readonly Decided[]): Pick<RequirementResult, 'byTransport'> {
  const transports = [...new Set(decided.map(({ transport }) => transport))].sort();
  const each = transports.map(transport =>
    worst(decided.filter(one => one.transport === transport).map(one => one.verdict)),
  );
  if (new Set(each).size < 2) return {};
  return { byTransport: Object.fromEntries(transports.map((transport, k) => [transport, each[k]!])) };
}

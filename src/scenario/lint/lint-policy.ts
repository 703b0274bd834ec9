import type { Report } from '../../documents/shape.ts';
import type { Ledger } from '../../packs/file-types.ts';
import { reportUnknown } from '../compile/suggest.ts';
import type { PolicyEntry, PolicyFile } from '../files/file-types.ts';
import type { Plan } from '../plan.ts';

/** What an entry can match: plans are not kept for it, there are too many. */
export type PlanName = Pick<Plan, 'id' | 'scenario'>;

/** An entry that matches nothing is an error before anything runs: it would hide what it was not meant for, or nothing. */
export function lintPolicy(
  policy: PolicyFile,
  plans: readonly PlanName[],
  transports: Iterable<string>,
  ledger: Ledger | undefined,
  report: Report,
): void {
  const known = [...transports];
  for (const entry of [...policy.expectedFailures, ...policy.knownFlaky]) {
    lintScenario(entry, plans, report);
    const { transport, check } = entry;
    if (transport && !known.includes(transport.value)) {
      reportUnknown(report, {
        code: 'unknown-transport',
        what: 'transport',
        name: transport.value,
        span: transport.span,
        known,
      });
    }
    if (check && ledger) lintCheckId(check.value, check.span, ledger, report);
  }
}

/** The part before `/` is a row of the ledger (language, section 13). */
export function lintCheckId(id: string, span: PolicyEntry['span'], ledger: Ledger, report: Report): void {
  const [row = ''] = id.split('/');
  if (!ledger.byId.has(row))
    reportUnknown(report, {
      code: 'unknown-check',
      what: 'row of the ledger',
      name: row,
      span,
      known: ledger.byId.keys(),
    });
}

function lintScenario({ scenario }: PolicyEntry, plans: readonly PlanName[], report: Report): void {
  const names = new Set(plans.flatMap(plan => [plan.id, plan.scenario.replace(/\.ya?ml$/, '')]));
  const wanted = globOf(scenario.value);
  if ([...names].some(name => wanted.test(name))) return;
  reportUnknown(report, {
    code: 'matches-nothing',
    what: 'scenario',
    name: scenario.value,
    span: scenario.span,
    known: names,
  });
}

/** `*` is any text, `/` too. */
function globOf(glob: string): RegExp {
  const escaped = glob.split('*').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 'u');
}

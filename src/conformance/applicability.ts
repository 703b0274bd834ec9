import type { Plan } from '../scenario/plan.ts';
import type { AccountPool } from '../suites/accounts.ts';
import type { Target } from './target/target.ts';

/** Why a plan does not apply to a target; undefined if it does. */
export function whyNotApplicable(plan: Plan, target: Target, pool: AccountPool | undefined): string | undefined {
  const { capabilities, sources, endpoints } = target.header;
  for (const need of plan.needs) {
    const name = need.replace(/^!/, '');
    const has = capabilities[name] === true;
    if (need.startsWith('!') && has) return `the target has the capability ${name}`;
    if (!need.startsWith('!') && !has) return `the target does not declare the capability ${name}`;
  }
  if (plan.restarts && !target.canRestart) return 'the target cannot be restarted: nothing says how it is started';
  const source = plan.sources.find(name => !sources.includes(name));
  if (source !== undefined) return `the target does not supply the source ${source}`;
  const transport = plan.clients
    .map(client => client.transport)
    .find(name => endpoints[name] === undefined && !isOverridden(plan, name));
  if (transport !== undefined) return `the target has no endpoint for the transport ${transport}`;
  if (plan.clients.length > target.connectionLimit)
    return `it needs ${plan.clients.length} connections, the target takes ${target.connectionLimit}`;
  const accounts = plan.clients.filter(client => client.account).length;
  if (pool && accounts > pool.size) return `it needs ${accounts} accounts, the target lists ${pool.size}`;
  return undefined;
}

/** Every client of the transport is told where to connect by its step. */
function isOverridden(plan: Plan, transport: string): boolean {
  const names = new Set(plan.clients.filter(client => client.transport === transport).map(client => client.name));
  const connects = plan.steps.filter(
    step => step.kind === 'client' && step.connect !== undefined && step.clients.some(name => names.has(name)),
  );
  return connects.every(
    step => step.kind === 'client' && step.connect?.host !== undefined && step.connect.port !== undefined,
  );
}

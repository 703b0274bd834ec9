import type { Report } from '../../documents/shape.ts';
import type { Pack } from '../../foundation/pack.ts';
import type { ClientStep, Plan } from '../plan.ts';

/** Steps of clients that have no connection: they cannot write, and nothing comes (a step that can never be done). */
export function lintConnections(plan: Plan, pack: Pack, report: Report): void {
  const connecting = new Set(
    plan.clients.filter(client => needsConnect(client.transport, pack)).map(client => client.name),
  );
  const state = new Map<string, 'open' | 'closed'>();
  for (const step of plan.steps) {
    if (step.kind !== 'client') continue;
    for (const client of step.clients.filter(each => connecting.has(each))) {
      if (step.connect) state.set(client, 'open');
      const before = state.get(client);
      if (before !== 'open' && needsConnection(step)) reportUnconnected(client, before, step, report);
      if (step.act?.kind === 'close' && !step.act.half) state.set(client, 'closed');
    }
  }
}

/** An HTTP client opens its connection by itself. */
function needsConnect(name: string, pack: Pack): boolean {
  const transport = pack.transports.get(name);
  return transport !== undefined && transport.kind !== 'http';
}

/** What was read off the stream before a close can still be expected behind it. */
function needsConnection({ act, until }: ClientStep): boolean {
  return act !== undefined || until?.kind === 'barrier';
}

function reportUnconnected(client: string, state: 'closed' | undefined, step: ClientStep, report: Report): void {
  report({
    code: 'not-connected',
    severity: 'error',
    message: state === 'closed' ? `${client} has closed its connection before` : `${client} has not connected before`,
    span: step.span,
    suggestion: 'add connect: {}',
  });
}

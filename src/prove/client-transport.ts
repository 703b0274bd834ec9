import type { TransportProfile } from '../foundation/pack.ts';
import type { Execution } from './executions.ts';

export function transportNameOf({ plan, machine }: Execution, client: string): string {
  return plan.clients[machine.clientIndex.get(client) ?? -1]?.transport ?? plan.transport;
}

export function transportKindOf(execution: Execution, client: string): TransportProfile['kind'] | undefined {
  return execution.machine.around.pack.transports.get(transportNameOf(execution, client))?.kind;
}

import type { ConnectionId } from '../core/registry.ts';

/** What only faults have to remember. A server without faults writes nothing here. */
export interface FaultMemory {
  readonly verifiedConnections: Set<ConnectionId>;
}

export function createFaultMemory(): FaultMemory {
  return { verifiedConnections: new Set() };
}

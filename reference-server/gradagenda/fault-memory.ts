import type { ConnectionId } from '../core/registry.ts';
import type { Session } from './session-store.ts';

/** What only faults have to remember. A server without faults writes nothing here. */
export interface FaultMemory {
  readonly directSessions: Map<string, Session>;
  /** By session, the users that a modification removed. */
  readonly removedUsers: Map<string, Set<string>>;
  /** By session, the users that a modification added. */
  readonly addedUsers: Map<string, Set<string>>;
  /** By session, the user who created it. */
  readonly creators: Map<string, string>;
  /** By connection, how many messages it has sent, and the one that waits for the next. */
  readonly messageCounts: Map<ConnectionId, number>;
  readonly heldMessages: Map<ConnectionId, { readonly to: readonly ConnectionId[]; readonly text: string }>;
  readonly failedConnections: Set<ConnectionId>;
  readonly usedCdids: Set<string>;
}

export function createFaultMemory(): FaultMemory {
  return {
    directSessions: new Map(),
    removedUsers: new Map(),
    addedUsers: new Map(),
    creators: new Map(),
    messageCounts: new Map(),
    heldMessages: new Map(),
    failedConnections: new Set(),
    usedCdids: new Set(),
  };
}

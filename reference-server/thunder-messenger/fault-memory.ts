/** What only faults remember. A server without faults writes nothing here. */
export interface FaultMemory {
  /** Of rooms that are gone, by their key. */
  readonly formerAcls: Map<string, readonly string[]>;
  /** Users who have left a room, each with its key. */
  readonly formerMembers: Set<string>;
  /** Of users who have left. */
  readonly formerRoomids: Set<string>;
  /** Of registrations whose connection has ended. */
  readonly formerIds: Set<string>;
}

export function memberKey(room: string, user: string): string {
  return JSON.stringify([room, user]);
}

export function createFaultMemory(): FaultMemory {
  return { formerAcls: new Map(), formerMembers: new Set(), formerRoomids: new Set(), formerIds: new Set() };
}

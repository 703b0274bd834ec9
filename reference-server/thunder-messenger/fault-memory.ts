/** What only faults remember. A server without faults writes nothing here. */
export interface FaultMemory {
  /** Of rooms that are gone, by their key. */
  readonly formerAcls: Map<string, readonly string[]>;
  /** Of users who have left. */
  readonly formerRoomids: Set<string>;
  /** Of registrations whose connection has ended. */
  readonly formerIds: Set<string>;
}

export function createFaultMemory(): FaultMemory {
  return { formerAcls: new Map(), formerRoomids: new Set(), formerIds: new Set() };
}

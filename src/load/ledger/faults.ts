/** Kinds of fault of which the first examples are kept, as evidence. */
export type FaultKind =
  | 'lost'
  | 'late'
  | 'duplicate'
  | 'unexpected'
  | 'corrupt'
  | 'reordered'
  | 'invalid'
  | 'unacknowledged'
  | 'not-rejoined';

/** One fault: which message (unknown if it was corrupt), at which receiver. */
export interface Fault {
  readonly kind: FaultKind;
  /** Number of the receiver. */
  readonly client: number;
  readonly stream?: number;
  readonly sequence?: number;
  readonly dueUs?: number;
  readonly atUs?: number;
  readonly about?: string;
}

/** Calls `tell` for the first few of each kind. */
export function createFaultKeeper(tell: (fault: Fault) => void): (fault: Fault) => void {
  const told = new Map<FaultKind, number>();
  return fault => {
    const before = told.get(fault.kind) ?? 0;
    if (before === mostOfKind) return;
    told.set(fault.kind, before + 1);
    tell(fault);
  };
}

const mostOfKind = 10;

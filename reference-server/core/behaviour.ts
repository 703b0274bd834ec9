/** A rule that the server breaks on purpose, so that a suite can be seen to turn red. */
export interface FaultDescription {
  readonly description: string;
  /** Ids of the ledger's requirements that turn red. */
  readonly breaks: readonly string[];
}

/** Another thing that a conforming server may do, so that a suite can be seen to stay green. */
export interface VariantDescription {
  readonly description: string;
}

/**
 * How this server differs from the plain reading. The domain asks at named points, and only where the answer would make a difference:
 * asking counts, and a fault that never fired proves nothing.
 */
export interface Behaviour<Fault extends string = string, Variant extends string = string> {
  /** Whether the fault is on; if so, it fires. */
  fires(fault: Fault): boolean;
  /** Whether the variant is on; if so, it is counted as shown. */
  varies(variant: Variant): boolean;
  /** The same question without counting, for what only prepares a difference. */
  isOn(name: Fault | Variant): boolean;
  /** How often each fault and variant that is on was asked for. */
  counts(): Record<string, number>;
}

export function createBehaviour<Fault extends string, Variant extends string>(
  faults: readonly Fault[] = [],
  variants: readonly Variant[] = [],
): Behaviour<Fault, Variant> {
  const counts = new Map<string, number>([...faults, ...variants].map(name => [name, 0]));
  const count = (name: string): boolean => {
    const before = counts.get(name);
    if (before === undefined) return false;
    counts.set(name, before + 1);
    return true;
  };
  return { fires: count, varies: count, isOn: name => counts.has(name), counts: () => Object.fromEntries(counts) };
}

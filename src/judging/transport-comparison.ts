/** Holds executions of one scenario on several transports beside each other, as they end. */
import type { ExecutionBegin } from '../evidence/events.ts';
import type { TransportDifference } from '../evidence/results.ts';
import type { Claims } from './claims.ts';
import { type OnTransport, transportDifferences } from './transport-differences.ts';

export interface TransportComparison {
  add(about: ExecutionBegin, claims: Claims): void;
  /** By pack; one without any is not there. */
  differences(): ReadonlyMap<string, readonly TransportDifference[]>;
}

/** Of each pack. What one transport does otherwise in a fragment it does in many scenarios: that is told once. */
const mostDifferences = 200;

export function createTransportComparison(): TransportComparison {
  const firsts = new Map<string, OnTransport>();
  const found = new Map<string, TransportDifference[]>();
  const told = new Set<string>();

  function tell(pack: string, differences: readonly TransportDifference[]): void {
    const fresh = differences.filter(({ span: { file, line, column }, at, values }) => {
      const key = JSON.stringify([pack, file, line, column, at, Object.keys(values)]);
      return !told.has(key) && told.add(key);
    });
    if (fresh.length === 0) return;
    found.set(pack, [...(found.get(pack) ?? []), ...fresh].slice(0, mostDifferences));
  }

  return {
    add({ pack, scenario, case: row, transport, repetition }, claims) {
      const key = JSON.stringify([pack, scenario, row ?? null, repetition]);
      const one = { transport, claims };
      const first = firsts.get(key);
      if (!first) {
        firsts.set(key, one);
        return;
      }
      const [a, b] = [first, one].sort((x, y) => (x.transport < y.transport ? -1 : 1));
      tell(pack, transportDifferences({ scenario, ...(row !== undefined && { case: row }) }, a!, b!));
    },
    differences: () => found,
  };
}

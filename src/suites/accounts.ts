import { createHash } from 'node:crypto';
import type { ValueObject } from '../foundation/value.ts';
import { fillTemplates } from '../packs/template.ts';
import type { Plan } from '../scenario/plan.ts';

/** `$(unique)` of an execution: 8 letters and digits that no other execution of any run is likely to have. */
export function uniqueOf(seed: string, executionId: string): string {
  const digest = createHash('sha256').update(`${seed}\n${executionId}`).digest();
  // 36^8 is below 2^42; the first letter is no digit, so that it may begin a name.
  const number = digest.readUIntBE(0, 6);
  const text = number.toString(36).padStart(8, '0').slice(-8);
  return `${String.fromCharCode(97 + (digest[6]! % 26))}${text.slice(1)}`;
}

/** Account data from the pack's templates: `u$(n)-$(unique)`, `n` from 1 in the order of the clients. */
export function makeAccounts(
  plan: Plan,
  templates: ValueObject,
  unique: string,
): Readonly<Record<string, ValueObject>> {
  const clients = plan.clients.filter(({ account }) => account);
  return Object.fromEntries(
    clients.map(({ name }, k) => [name, fillTemplates(templates, { n: k + 1, unique }) as ValueObject]),
  );
}

/** Accounts that a target lists: each is used by one execution at a time. */
export interface AccountPool {
  readonly size: number;
  /** Leases one for each client that needs one; undefined if too few are free now. */
  lease(plan: Plan): Lease | undefined;
}

export interface Lease {
  readonly accounts: Readonly<Record<string, ValueObject>>;
  release(): void;
}

export function createAccountPool(listed: readonly ValueObject[]): AccountPool {
  const free = [...listed];
  return {
    size: listed.length,
    lease(plan) {
      const clients = plan.clients.filter(({ account }) => account);
      if (clients.length > free.length) return undefined;
      const taken = free.splice(0, clients.length);
      return {
        accounts: Object.fromEntries(clients.map(({ name }, k) => [name, taken[k]!])),
        release: () => void free.push(...taken),
      };
    },
  };
}

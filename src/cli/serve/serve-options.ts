import type { Assignment } from '../options/read-assignment.ts';

/** Options of `serve` as they are given: on the command line, or in a file where each has the same name. */
export interface ServeOptions {
  readonly port?: number;
  readonly host?: string;
  readonly user?: readonly string[];
  readonly demo?: boolean;
  readonly timer?: readonly Assignment[];
  readonly limit?: readonly Assignment[];
  readonly fault?: readonly string[];
  readonly variant?: readonly string[];
  readonly null?: string;
  readonly otpLog?: string;
  readonly plugin?: string;
  readonly generation?: string;
  readonly readyFile?: string;
  readonly workers?: number;
  readonly quiet?: boolean;
}

/** Options on top of others: a single value replaces the one below, lists are joined. */
export function overlayOptions(below: ServeOptions, above: ServeOptions): ServeOptions {
  const joined = <T>(a: readonly T[] = [], b: readonly T[] = []): readonly T[] => [...a, ...b];
  return {
    ...below,
    ...above,
    user: joined(below.user, above.user),
    timer: joined(below.timer, above.timer),
    limit: joined(below.limit, above.limit),
    fault: joined(below.fault, above.fault),
    variant: joined(below.variant, above.variant),
  };
}

import type { FaultDescription } from '../core/behaviour.ts';

export type FaultName = keyof typeof faults;

export const faults = {} as const satisfies Record<string, FaultDescription>;

import type { VariantDescription } from '../core/behaviour.ts';

export type VariantName = keyof typeof variants;

export const variants = {} as const satisfies Record<string, VariantDescription>;

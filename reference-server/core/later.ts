import type { Outbound } from './outbound.ts';

/**
 * Does something once, after so many milliseconds, and sends out what it causes. Returns how to call it off. Domains are given one, so
 * that they know no clock.
 */
export type Later = (delayMs: number, act: () => readonly Outbound[]) => () => void;

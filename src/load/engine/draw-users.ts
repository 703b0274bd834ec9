import { fractionOf, hashOf } from '../schedule/poisson.ts';

export interface Draw {
  readonly channels: number;
  /** Users of a channel, and which of them may be drawn: their numbers. */
  readonly usersOfChannel: number;
  readonly candidates: readonly number[];
  /** Of a hundred. */
  readonly share: number;
  readonly seed: string;
}

/**
 * Draws so many of a hundred users, the same ones for the same seed: numbers among the users of all channels. It does not depend on how
 * many workers there are; each finds its own among them.
 */
export function drawUsers({ channels, usersOfChannel, candidates, share, seed }: Draw): readonly number[] {
  const key = hashOf(seed);
  const all = Array.from({ length: channels }, (_, channel) =>
    candidates.map(number => channel * usersOfChannel + number),
  ).flat();
  const drawn = all.map(user => ({ user, fraction: fractionOf(key, user) })).sort((a, b) => a.fraction - b.fraction);
  return drawn.slice(0, Math.ceil((drawn.length * share) / 100)).map(({ user }) => user);
}

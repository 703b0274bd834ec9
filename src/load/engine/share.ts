/**
 * What of a load each worker has, in closed form, so that nobody hands out work. Worker k of n has the channels c with c mod n = k. Where
 * that would leave workers with much less than others, every channel is cut: worker k has its members m with m mod n = k.
 */
export interface Share {
  readonly k: number;
  readonly n: number;
  readonly cut: boolean;
}

/** Fewer channels than this for each worker are cut, unless they are the same number for each. */
const manyChannels = 8;

export function isCut(channels: number, workers: number): boolean {
  return channels % workers !== 0 && channels < manyChannels * workers;
}

/** Numbers of its channels among all. */
export function channelsOf({ k, n, cut }: Share, channels: number): readonly number[] {
  return numbers(channels).filter(channel => cut || channel % n === k);
}

/** Numbers of its members among those of a channel; the same in each. */
export function membersOf({ k, n, cut }: Share, members: number): readonly number[] {
  return numbers(members).filter(member => !cut || member % n === k);
}

/** The place of a channel among its own; -1 if it has no part in it. */
export function ownChannel({ k, n, cut }: Share, channel: number): number {
  if (cut) return channel;
  return channel % n === k ? (channel - k) / n : -1;
}

function numbers(count: number): readonly number[] {
  return [...new Array(count).keys()];
}

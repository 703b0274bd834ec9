import { InvalidArgumentError } from '@commander-js/extra-typings';

/** The k-th of n parts, from 1. */
export interface Shard {
  readonly k: number;
  readonly n: number;
}

export function readShard(text: string): Shard {
  const parts = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const shard = { k: Number(parts?.[1]), n: Number(parts?.[2]) };
  if (shard.k >= 1 && shard.k <= shard.n) return shard;
  throw new InvalidArgumentError('Expected k/n with k from 1 to n, such as 2/3.');
}

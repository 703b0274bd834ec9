import type { ValueObject } from '../../foundation/value.ts';
import type { TestOptions } from './test-options.ts';

/** The options that shaped a run, as its log keeps them. Values of `--var` may be anything, so only their names. */
export function givenOptions(options: TestOptions): ValueObject {
  const { target, configuration, jobs, shuffle, repeat, stress, filter, tag, level, shard, maxFailures, timeout } =
    options;
  return {
    ...(target === undefined ? {} : { target }),
    ...(configuration === undefined ? {} : { configuration }),
    jobs,
    repeat,
    shuffle,
    ...(stress ? { stress } : {}),
    ...(filter ? { filter } : {}),
    ...(tag ? { tag } : {}),
    ...(level === undefined ? {} : { level }),
    ...(shard ? { shard: `${shard.k}/${shard.n}` } : {}),
    ...(maxFailures === undefined ? {} : { maxFailures }),
    timeout: `${timeout} us`,
    ...(options.var ? { var: options.var.map(({ name }) => name) } : {}),
  };
}

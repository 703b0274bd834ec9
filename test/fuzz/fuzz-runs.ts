import { AntiphonError } from '../../src/foundation/errors.ts';

/** How often each property is tried: so often by default that all of them take seconds; `FUZZ_RUNS=20000` for a night. */
export function runs(usual: number): { readonly numRuns: number } {
  const wanted = Number(process.env.FUZZ_RUNS ?? usual);
  return { numRuns: Number.isSafeInteger(wanted) && wanted > 0 ? wanted : usual };
}

/** Whatever comes in: an AntiphonError at most. Gives what came out, or the error. */
export function survive<T>(work: () => T): T | AntiphonError {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof AntiphonError && thrown.faultOf !== 'ours') return thrown;
    throw thrown;
  }
}

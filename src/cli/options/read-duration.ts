import { InvalidArgumentError } from '@commander-js/extra-typings';
import { parseDurationUs } from '../../foundation/duration.ts';

/** A duration with its unit, in microseconds. */
export function readDurationUs(text: string): number {
  const durationUs = parseDurationUs(text);
  if (durationUs !== undefined && durationUs > 0) return durationUs;
  throw new InvalidArgumentError('Expected a duration with its unit (us, ms, s, min, h), such as 500ms or 5s.');
}

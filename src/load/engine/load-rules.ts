import { isArray, type Value, type ValueObject } from '../../foundation/value.ts';
import { parsePointer } from '../../packs/pointer.ts';

/** What a pack says about load (language, section 11, `load`). */
export interface LoadRules {
  /** Where the marker stands in a frame that is delivered. */
  readonly markerAt: readonly string[];
  readonly deliveryKinds: ReadonlySet<string>;
  readonly ackKinds: ReadonlySet<string>;
}

export function readLoadRules(load: ValueObject): LoadRules {
  const marker = load.marker as ValueObject;
  return {
    markerAt: parsePointer(String(marker.received)) ?? [],
    deliveryKinds: kindsOf(load.delivery),
    ackKinds: kindsOf(load.ack),
  };
}

/** One kind may stand without the list. */
function kindsOf(value: Value | undefined): ReadonlySet<string> {
  if (value === undefined) return new Set();
  return new Set((isArray(value) ? value : [value]).map(String));
}

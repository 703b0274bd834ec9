/**
 * When the messages of a publish entry are due, where that does not depend on the target (language, section 12). Rates are of the whole
 * entry, over all its channels and senders.
 */
export type OpenPace =
  | { readonly kind: 'rate'; readonly perSecond: number }
  | { readonly kind: 'poisson'; readonly perSecond: number }
  | { readonly kind: 'ramp'; readonly fromPerSecond: number; readonly toPerSecond: number; readonly overUs: number }
  | {
      readonly kind: 'stairs';
      readonly fromPerSecond: number;
      readonly stepPerSecond: number;
      readonly everyUs: number;
      /** The greatest rate; open if infinite. */
      readonly toPerSecond: number;
    }
  | { readonly kind: 'burst'; readonly count: number; readonly everyUs: number };

/** The pace of warm-up: that with which hold begins, without change. */
export function warmUpPace(pace: OpenPace): OpenPace {
  if (pace.kind === 'ramp' || pace.kind === 'stairs') return { kind: 'rate', perSecond: pace.fromPerSecond };
  return pace;
}

import type { Span } from '../foundation/span.ts';
import type { Built } from '../values/built.ts';
import type { Plan, Step } from './plan.ts';

/** A workload with everything settled that can be settled when the file is read (language, section 12). Times in microseconds. */
export interface WorkloadPlan {
  readonly channels: number;
  /** Their names, in the order of the file. */
  readonly roles: readonly string[];
  /** `steps`: recipes and join; `finally`: leave. All channels are alike. */
  readonly plan: Plan;
  readonly publish: readonly WorkloadPublish[];
  readonly phases: Phases;
  readonly disrupt: readonly Disruption[];
  /** As written: `delivery.p99 < 100 ms`. */
  readonly thresholds: readonly string[];
  /** Ends the load when a count has missed its threshold for good, but not before this much of hold is over; undefined: never. */
  readonly abortOnFailAfterUs: number | undefined;
}

export interface WorkloadPublish {
  /** Clients of the plan. */
  readonly by: readonly string[];
  readonly to: readonly string[];
  /** A sender that is named in `to` must receive what it sends. */
  readonly copy: boolean;
  /** Built for each sender, which is `self`. */
  readonly send: Built;
  readonly payload: PayloadSize;
  readonly pace: Pace;
  readonly span: Span;
}

/** Evenly spread between both; 0 for as short as it can be. */
export interface PayloadSize {
  readonly fromBytes: number;
  readonly toBytes: number;
}

export interface Phases {
  readonly connectPerSecond: number;
  readonly warmUpUs: number;
  readonly holdUs: number;
  /** What comes later than this after it was due is late. */
  readonly drainUs: number;
}

export interface Disruption {
  /** From the begin of hold. */
  readonly atUs: number;
  /** Clients of the plan. */
  readonly clients: readonly string[];
  /** Of a hundred. */
  readonly share: number;
  readonly act: 'stop-reading' | 'reconnect' | 'disconnect';
  readonly forUs: number;
  /** What the first client of its role does on reconnecting; empty: it joins again as its recipe says. */
  readonly join: readonly Step[];
}

/** When the messages of a publish entry are due. Rates are of the whole entry, over all its channels and senders. */
export type Pace = OpenPace | { readonly kind: 'inFlight'; readonly messages: number };

/** A pace that does not depend on what the target does. */
export type OpenPace =
  | { readonly kind: 'rate'; readonly perSecond: number }
  | { readonly kind: 'poisson'; readonly perSecond: number }
  | { readonly kind: 'ramp'; readonly fromPerSecond: number; readonly toPerSecond: number; readonly overUs: number }
  | {
      readonly kind: 'stairs';
      readonly fromPerSecond: number;
      readonly stepPerSecond: number;
      readonly everyUs: number;
      /** The greatest rate; infinite if it is open. */
      readonly toPerSecond: number;
    }
  | { readonly kind: 'burst'; readonly count: number; readonly everyUs: number };

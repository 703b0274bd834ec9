import type { Capture, Macro } from './name-scope.ts';

/** Where in a step a value is read: what `self` and `i` mean there, and which captures are bound already. */
export interface Site {
  /** Clients of the step; empty where there is no step. */
  readonly clients: readonly string[];
  /** The step is written for several clients: names go to the client (language, section 7). */
  readonly several: boolean;
  /** `$(i)` has a value. */
  readonly turns: boolean;
  /** Node of the repeat around; 0 outside. */
  readonly repeat: number;
  /** Number of the expectation that is read; 0 outside. */
  readonly expect: number;
  /** Slots of this expectation that are bound when this place is reached. */
  readonly visible: Set<string>;
  /** Takes what is captured, one capture for each client of the step; text instead says why nothing can be. */
  readonly bind: ((slot: string, captures: readonly Capture[]) => void) | string;
  /** `$payload` may stand here. */
  readonly payload: boolean;
  /** Variables and parameters that are being read, to find circles. */
  readonly open: readonly Macro[];
}

/** A place outside of any step: lists of `ignore`, arguments of recipes. */
export const noSite: Site = {
  clients: [],
  several: false,
  turns: false,
  repeat: 0,
  expect: 0,
  visible: new Set(),
  bind: 'only patterns of `expect`, and values that are sent, bind names',
  payload: false,
  open: [],
};

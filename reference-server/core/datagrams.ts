import type { Outbound } from './outbound.ts';

/** A pair of UDP ports, as a domain sees it: what comes in at which of the two, and what is to go out. */
export type PairSide = 'one' | 'other';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** A datagram that is to go out through the port of this side. */
export interface Delivery {
  readonly through: PairSide;
  readonly to: Address;
  readonly payload: Uint8Array;
}

export type Route = (side: PairSide, from: Address, payload: Uint8Array) => readonly Delivery[];

export type PairPorts = Readonly<Record<PairSide, number>>;

/** Opens two free ports and tells them when they can be used. Returns how to close them, before or after. */
export type OpenPair = (route: Route, opened: (ports: PairPorts) => readonly Outbound[]) => () => void;

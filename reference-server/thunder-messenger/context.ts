import type { Behaviour } from '../core/behaviour.ts';
import type { Outbox } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import type { FaultMemory } from './fault-memory.ts';
import type { FaultName } from './faults.ts';
import type { Frames } from './frames.ts';
import type { Generation, RefusalName } from './generations.ts';
import type { Observers } from './observers.ts';
import type { RoomidMaker, Rooms } from './rooms.ts';
import type { VariantName } from './variants.ts';

export type ThunderBehaviour = Behaviour<FaultName, VariantName>;

export interface Context {
  readonly behaviour: ThunderBehaviour;
  readonly generation: Generation;
  readonly rooms: Rooms;
  readonly observers: Observers;
  readonly frames: Frames;
  readonly makeRoomid: RoomidMaker;
  readonly faultMemory: FaultMemory;
}

/** Who asks, over a socket or in one HTTP request. */
export interface Caller {
  readonly connection: ConnectionId;
  readonly path: string;
  /** Of the access token. Undefined without one, empty for a token that nobody knows. */
  readonly origin: string | undefined;
  /** Whether notifications can reach it. */
  readonly hears: boolean;
}

/** One request under way: what it makes others hear goes to the outbox, its own answer is the outcome. */
export interface Call {
  readonly caller: Caller;
  readonly params: unknown;
  readonly outbox: Outbox;
}

export type Outcome = { readonly result: unknown } | { readonly refusal: RefusalName };

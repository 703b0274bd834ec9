import type { Behaviour } from '../core/behaviour.ts';
import type { Credentials } from '../core/credentials.ts';
import type { Outbox } from '../core/outbound.ts';
import type { ConnectionId, Occupant, Registry } from '../core/registry.ts';
import type { Id } from './actions.ts';
import type { FaultMemory } from './fault-memory.ts';
import type { FaultName } from './faults.ts';
import type { Frames } from './frames.ts';
import type { SessionStore } from './session-store.ts';
import type { VariantName } from './variants.ts';

export type GradagendaBehaviour = Behaviour<FaultName, VariantName>;

/** A user's device. `id` is the user's id as this connection wrote it. */
export interface Actor extends Occupant {
  readonly id: Id;
  /** Set by a fault only: rules that ask for a participant are waived. */
  readonly anywhere?: true;
}

export interface Context {
  readonly behaviour: GradagendaBehaviour;
  readonly credentials: Credentials;
  readonly registry: Registry<Actor>;
  readonly sessions: SessionStore;
  readonly frames: Frames;
  readonly faultMemory: FaultMemory;
  /** Milliseconds since the epoch, by the server's clock. The protocol has no use for it; one fault has. */
  readonly nowMs: () => number;
}

/** Whose action is being done, and where what it causes goes. */
export interface Call {
  readonly connection: ConnectionId;
  readonly actor: Actor;
  readonly outbox: Outbox;
}

/** How an action ended. `answered`: what it put into the outbox says so itself. */
export type Outcome =
  | { readonly status: 'succeeded' }
  | { readonly status: 'answered' }
  | { readonly status: 'failed'; readonly why: string };

export const succeeded: Outcome = { status: 'succeeded' };
export const answered: Outcome = { status: 'answered' };
export const failed = (why: string): Outcome => ({ status: 'failed', why });

import type { Behaviour } from '../core/behaviour.ts';
import type { Outbox } from '../core/outbound.ts';
import type { ConnectionId, Occupant, Registry } from '../core/registry.ts';
import type { Account, Accounts } from './accounts.ts';
import type { Calls } from './calls.ts';
import type { FaultMemory } from './fault-memory.ts';
import type { FaultName } from './faults.ts';
import type { Mailboxes } from './mailboxes.ts';
import type { OneTimePasswords } from './one-time-passwords.ts';
import type { Replies } from './replies.ts';
import type { VariantName } from './variants.ts';

export type SocketChatBehaviour = Behaviour<FaultName, VariantName>;

/** An account on one connection. An account may be on several at once, so the device is the connection. */
export interface Actor extends Occupant {
  readonly account: Account;
}

export interface Context {
  readonly behaviour: SocketChatBehaviour;
  readonly accounts: Accounts;
  readonly registry: Registry<Actor>;
  /** By connection. */
  readonly oneTimePasswords: OneTimePasswords;
  readonly mailboxes: Mailboxes;
  readonly calls: Calls;
  readonly replies: Replies;
  readonly faultMemory: FaultMemory;
  /** Counts on, so that nothing is named twice. */
  readonly nextNumber: () => number;
  /** Every connection on which somebody is logged in. */
  readonly loggedIn: ReadonlySet<ConnectionId>;
}

/** Whose request is being served, and where what it causes goes. */
export interface Call {
  readonly connection: ConnectionId;
  readonly account: Account;
  readonly outbox: Outbox;
}

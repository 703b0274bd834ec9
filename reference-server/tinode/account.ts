import type { AccessMode } from '../tinode-core/access-mode.ts';
import type * as core from '../tinode-core/account-store.ts';

export type Level = 'anon' | 'auth' | 'root';

/** A way to reach the user, which they prove to be theirs by a response. */
export interface Credential {
  readonly method: string;
  readonly value: string;
  isDone: boolean;
  /** Wrong responses so far. */
  failures: number;
}

export interface Account extends core.Account {
  login: string;
  password: string;
  tags: readonly string[];
  access: { auth: AccessMode; anon: AccessMode };
  readonly level: Level;
  isSuspended: boolean;
  trusted: unknown;
  credentials: readonly Credential[];
}

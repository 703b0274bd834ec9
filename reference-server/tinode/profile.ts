/** What whoever runs a server of this protocol chooses, and clients see. */
export type ProfileName = keyof typeof profiles;

export interface Profile {
  /** Accounts need an email address that a response has confirmed. */
  readonly validatesEmail: boolean;
  readonly hasCalls: boolean;
  /** Messages of two can be deleted for both. */
  readonly deletesForBoth: boolean;
}

export const profiles = {
  plain: { validatesEmail: false, hasCalls: false, deletesForBoth: false },
  full: { validatesEmail: true, hasCalls: true, deletesForBoth: true },
} as const satisfies Record<string, Profile>;

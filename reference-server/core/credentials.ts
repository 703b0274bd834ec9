export interface Account {
  readonly id: string;
  readonly token: string;
}

/** Who may come in, and who is known to exist. */
export interface Credentials {
  /** Whether the token opens the user's account. In demo mode any token but the empty one does, and the user is known from then on. */
  admit(user: string, token: string): boolean;
  knows(user: string): boolean;
}

export function createCredentials(accounts: readonly Account[], demo: boolean): Credentials {
  const tokens = new Map<string, Set<string>>();
  for (const { id, token } of accounts) {
    const known = tokens.get(id);
    if (known) known.add(token);
    else tokens.set(id, new Set([token]));
  }
  return {
    admit(user, token) {
      if (token === '') return false;
      if (tokens.get(user)?.has(token)) return true;
      if (!demo) return false;
      if (!tokens.has(user)) tokens.set(user, new Set());
      return true;
    },
    knows: user => tokens.has(user),
  };
}

/** Who is registered, and who has been in touch with whom. */

export interface Account {
  readonly email: string;
  readonly username: string;
  readonly password: string;
}

export interface Accounts {
  add(account: Account): void;
  byEmail(email: string): Account | undefined;
  byUsername(username: string): Account | undefined;
  all(): readonly Account[];
  /** One has sent the other a personal message. */
  connect(from: Account, to: Account): void;
  /** Everybody this one has been in touch with, each once, in the order in which they came. */
  friendsOf(account: Account): readonly Account[];
  /** Whom this one has sent a message, of all its friends. */
  hasWritten(from: Account, to: Account): boolean;
}

export function createAccounts(): Accounts {
  const emails = new Map<string, Account>();
  const usernames = new Map<string, Account>();
  const friends = new Map<Account, Set<Account>>();
  const written = new Map<Account, Set<Account>>();

  return {
    add(account) {
      emails.set(account.email, account);
      usernames.set(account.username, account);
    },
    byEmail: email => emails.get(email),
    byUsername: username => usernames.get(username),
    all: () => [...emails.values()],
    connect(from, to) {
      addTo(written, from, to);
      // Nobody is a friend of oneself.
      if (from === to) return;
      addTo(friends, from, to);
      addTo(friends, to, from);
    },
    friendsOf: account => [...(friends.get(account) ?? [])],
    hasWritten: (from, to) => written.get(from)?.has(to) ?? false,
  };
}

function addTo(sets: Map<Account, Set<Account>>, key: Account, value: Account): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}

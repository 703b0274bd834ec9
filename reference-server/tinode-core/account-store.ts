import type { AccessMode } from './access-mode.ts';
import type { UserId } from './topic-name.ts';

export interface Account {
  readonly id: UserId;
  /** Empty if there is none, so that nobody can log in by it. */
  readonly login: string;
  readonly password: string;
  readonly tags: readonly string[];
  readonly access: { readonly auth: AccessMode; readonly anon: AccessMode };
  readonly createdMs: number;
  updatedMs: number;
  /** What the user shows to others; any JSON value, undefined if nothing was given. */
  public: unknown;
  /** When the user was online last, and with which program. */
  seen?: { readonly atMs: number; readonly userAgent: string };
}

export interface AccountStore<A extends Account = Account> {
  add(account: A): void;
  /** From now on nobody has this id, this login name, these tags. */
  remove(account: A): void;
  withLogin(login: string): A | undefined;
  withId(id: UserId): A | undefined;
  /** Everybody who has at least one of these tags, once. */
  withTags(tags: readonly string[]): A[];
  withoutTags(): A[];
  all(): A[];
}

export function createAccountStore<A extends Account = Account>(): AccountStore<A> {
  const logins = new Map<string, A>();
  const ids = new Map<UserId, A>();
  const tagged = new Map<string, Set<A>>();
  return {
    add(account) {
      if (account.login !== '') logins.set(account.login, account);
      ids.set(account.id, account);
      for (const tag of account.tags) {
        const others = tagged.get(tag);
        if (others) others.add(account);
        else tagged.set(tag, new Set([account]));
      }
    },
    remove(account) {
      logins.delete(account.login);
      ids.delete(account.id);
      for (const tag of account.tags) tagged.get(tag)?.delete(account);
    },
    withLogin: login => logins.get(login),
    withId: id => ids.get(id),
    withTags(tags) {
      return [...new Set(tags.flatMap(tag => [...(tagged.get(tag) ?? [])]))];
    },
    withoutTags: () => [...ids.values()].filter(({ tags }) => tags.length === 0),
    all: () => [...ids.values()],
  };
}

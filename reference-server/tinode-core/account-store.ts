import type { AccessMode } from './access-mode.ts';
import type { UserId } from './topic-name.ts';

export interface Account {
  readonly id: UserId;
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

export interface AccountStore {
  add(account: Account): void;
  withLogin(login: string): Account | undefined;
  withId(id: UserId): Account | undefined;
  /** Everybody who has at least one of these tags, once. */
  withTags(tags: readonly string[]): Account[];
  withoutTags(): Account[];
}

export function createAccountStore(): AccountStore {
  const logins = new Map<string, Account>();
  const ids = new Map<UserId, Account>();
  const tagged = new Map<string, Set<Account>>();
  return {
    add(account) {
      logins.set(account.login, account);
      ids.set(account.id, account);
      for (const tag of account.tags) {
        const others = tagged.get(tag);
        if (others) others.add(account);
        else tagged.set(tag, new Set([account]));
      }
    },
    withLogin: login => logins.get(login),
    withId: id => ids.get(id),
    withTags(tags) {
      return [...new Set(tags.flatMap(tag => [...(tagged.get(tag) ?? [])]))];
    },
    withoutTags: () => [...ids.values()].filter(({ tags }) => tags.length === 0),
  };
}

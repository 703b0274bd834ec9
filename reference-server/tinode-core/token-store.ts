import type { UserId } from './topic-name.ts';

export interface Token<About = undefined> {
  readonly secret: string;
  readonly user: UserId;
  readonly expiresMs: number;
  /** What else the server that issued it wants to know of it. */
  readonly about: About;
}

export interface TokenStore<About = undefined> {
  issue(user: UserId, nowMs: number, about: About, lifeMs?: number): Token<About>;
  /** Undefined if it was never issued, or has expired. */
  find(secret: string, nowMs: number): Token<About> | undefined;
}

export interface TokenStoreOptions {
  readonly lifeMs: number;
  readonly secretBytes: number;
  readonly randomBytes: (count: number) => Uint8Array;
}

export function createTokenStore<About = undefined>(options: TokenStoreOptions): TokenStore<About> {
  const { secretBytes, randomBytes } = options;
  const tokens = new Map<string, Token<About>>();
  return {
    issue(user, nowMs, about, lifeMs = options.lifeMs) {
      const secret = Buffer.from(randomBytes(secretBytes)).toString('base64');
      const token = { secret, user, expiresMs: nowMs + lifeMs, about };
      tokens.set(secret, token);
      return token;
    },
    find(secret, nowMs) {
      const token = tokens.get(secret);
      return token && nowMs < token.expiresMs ? token : undefined;
    },
  };
}

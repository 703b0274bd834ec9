import type { UserId } from './topic-name.ts';

export interface Token {
  readonly secret: string;
  readonly user: UserId;
  readonly expiresMs: number;
}

export interface TokenStore {
  issue(user: UserId, nowMs: number): Token;
  /** Undefined if it was never issued, or has expired. */
  find(secret: string, nowMs: number): Token | undefined;
}

export function createTokenStore(lifeMs: number, randomBytes: (count: number) => Uint8Array): TokenStore {
  const tokens = new Map<string, Token>();
  return {
    issue(user, nowMs) {
      const secret = Buffer.from(randomBytes(secretBytes)).toString('base64');
      const token = { secret, user, expiresMs: nowMs + lifeMs };
      tokens.set(secret, token);
      return token;
    },
    find(secret, nowMs) {
      const token = tokens.get(secret);
      return token && nowMs < token.expiresMs ? token : undefined;
    },
  };
}

const secretBytes = 48;

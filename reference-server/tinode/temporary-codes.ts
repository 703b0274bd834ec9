/** Codes that are mailed to somebody who has lost their password, for whoever reads the mail to set another. */
import type { UserId } from '../tinode-core/topic-name.ts';

export interface TemporaryCodes {
  issue(credential: string, user: UserId): void;
  /** Whose code it is, which is then used up; undefined if it is wrong. After some wrong tries no code is right any more. */
  redeem(credential: string, code: string): UserId | undefined;
}

export function createTemporaryCodes(randomBytes: (count: number) => Uint8Array): TemporaryCodes {
  const issued = new Map<string, { readonly code: string; readonly user: UserId; triesLeft: number }>();
  return {
    issue(credential, user) {
      const drawn = Buffer.from(randomBytes(4)).readUInt32BE() % 10 ** digits;
      issued.set(credential, { code: String(drawn).padStart(digits, '0'), user, triesLeft: tries });
    },
    redeem(credential, code) {
      const found = issued.get(credential);
      if (!found) return undefined;
      found.triesLeft -= 1;
      const isRight = found.code === code;
      if (isRight || found.triesLeft === 0) issued.delete(credential);
      return isRight ? found.user : undefined;
    },
  };
}

const digits = 6;
const tries = 3;

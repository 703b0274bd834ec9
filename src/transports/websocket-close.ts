import { randomBytes } from 'node:crypto';

/** Codes that `ws` lets an endpoint send (RFC 6455, section 7.4). */
export function isSendableCode(code: number): boolean {
  return (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999);
}

/** A masked close frame with any code, for scenarios that break the rule on purpose. */
export function closeFrame(code: number): Uint8Array {
  const mask = randomBytes(4);
  return Uint8Array.of(0x88, 0x82, ...mask, ((code >> 8) & 0xff) ^ mask[0]!, (code & 0xff) ^ mask[1]!);
}

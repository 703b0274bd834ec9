/** Who may connect at all: whoever has a key that was signed with the salt of this server. */
import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { writeCtrl } from './frames.ts';

/** By header, query, or cookie, in this order. */
export function admitsKey({ headers, url = '' }: Pick<IncomingMessage, 'headers' | 'url'>): boolean {
  const inHeader = headers['x-tinode-apikey'];
  const inQuery = new URL(url, 'http://localhost').searchParams.get('apikey');
  const inCookie = /(?:^|;\s*)apikey=([^;]*)/.exec(headers.cookie ?? '')?.[1];
  const key = (typeof inHeader === 'string' && inHeader) || inQuery || inCookie;
  return typeof key === 'string' && isSigned(key);
}

/** Version, sequence and flags, then their signature. */
function isSigned(key: string): boolean {
  const bytes = Buffer.from(key, 'base64url');
  if (bytes.length !== keyBytes || bytes[0] !== keyVersion) return false;
  const signature = createHmac('md5', salt).update(bytes.subarray(0, signedBytes)).digest();
  return signature.equals(bytes.subarray(signedBytes));
}

export function writeKeyRefusal(nowMs: number): string {
  return writeCtrl('keyRequired', { atMs: nowMs });
}

const keyBytes = 24;
const signedBytes = 8;
const keyVersion = 1;
const salt = Buffer.from('T713/rYYgW7g4m3vG6zGRh7+FM1t0T8j13koXScOAj4=', 'base64');

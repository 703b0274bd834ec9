import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { ItemEvent } from '../evidence/events.ts';
import type { IncomingMessage } from '../transports/connection.ts';
import type { Vault } from './secrets.ts';

/** The most bytes of one message that a log keeps as they are; of more, digest and first bytes. */
export const loggedBytes = 1_048_576;

const headBytes = 256;

/** A received message as a log event: exact text where the bytes are UTF-8, else base64. */
export function itemEvent(x: number, client: string, atUs: number, message: IncomingMessage, vault: Vault): ItemEvent {
  const { bytes, opcode, http, unterminated, call, droppedBytes = 0 } = message;
  const sizeBytes = bytes.byteLength + droppedBytes;
  const common = {
    event: 'item',
    x,
    c: client,
    t: atUs,
    ...(opcode === undefined ? {} : { opcode }),
    ...(http === undefined ? {} : { http: maskHeaders(http, vault) }),
    ...(unterminated ? { unterminated } : {}),
    ...(call === undefined ? {} : { call }),
  } as const;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (droppedBytes > 0 || sizeBytes > loggedBytes) {
    const digest = `sha256:${createHash('sha256').update(buffer).digest('hex')}`;
    return { ...common, bytes: sizeBytes, oversize: { digest, head: headOf(buffer, vault) } };
  }
  if (!isUtf8(buffer)) {
    const masked = vault.empty ? buffer : Buffer.from(vault.maskBytes(buffer));
    return { ...common, base64: masked.toString('base64'), bytes: sizeBytes };
  }
  const text = buffer.toString('utf8');
  const masked = vault.empty ? text : vault.mask(text);
  // A masked text has another size than what came.
  return masked === text ? { ...common, text } : { ...common, text: masked, bytes: sizeBytes };
}

/** Masked before it is cut: half a secret is one too. */
function headOf(buffer: Buffer, vault: Vault): string {
  const head = buffer.subarray(0, vault.empty ? headBytes : headBytes + vault.longestBytes());
  return Buffer.from(vault.empty ? head : vault.maskBytes(head)).toString('latin1', 0, headBytes);
}

function maskHeaders(http: NonNullable<IncomingMessage['http']>, vault: Vault): NonNullable<IncomingMessage['http']> {
  if (vault.empty) return http;
  return {
    ...http,
    headers: Object.fromEntries(Object.entries(http.headers).map(([name, value]) => [name, vault.mask(value)])),
  };
}

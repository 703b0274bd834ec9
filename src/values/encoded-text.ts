/** Text in other text: base64 (RFC 4648, section 4, padded) and hexadecimal digits. Strict: what we read is what we would write. */

export function toBase64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

export function toHex(text: string): string {
  return Buffer.from(text, 'utf8').toString('hex');
}

/** The text that is so encoded, or undefined. */
export function fromBase64(encoded: string): string | undefined {
  const bytes = bytesOfBase64(encoded);
  return bytes && textOf(bytes);
}

/** The text that is so encoded, in digits of either case, or undefined. */
export function fromHex(encoded: string): string | undefined {
  const bytes = bytesOfHex(encoded);
  return bytes && textOf(bytes);
}

export function bytesOfBase64(encoded: string): Buffer | undefined {
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.toString('base64') === encoded ? bytes : undefined;
}

export function bytesOfHex(encoded: string): Buffer | undefined {
  return encoded.length % 2 === 0 && !/[^0-9a-fA-F]/.test(encoded) ? Buffer.from(encoded, 'hex') : undefined;
}

/** Bytes as a file writes them for `raw`: `c3 28`, blanks between the digits. */
export function bytesOfSpacedHex(written: string): Buffer | undefined {
  return bytesOfHex(written.replaceAll(/[ \t\n]/g, ''));
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

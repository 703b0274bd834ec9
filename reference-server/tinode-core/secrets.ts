/** A secret of the scheme basic: login name and password, with a colon between them, in standard base64 with padding. */
export interface BasicSecret {
  readonly login: string;
  readonly password: string;
}

/** Undefined if the text is not such a secret. */
export function readBasicSecret(text: string): BasicSecret | undefined {
  const bytes = Buffer.from(text, 'base64');
  // What Node skips while it decodes, such as a missing padding, shows when it is written again.
  if (bytes.toString('base64') !== text) return undefined;
  const decoded = bytes.toString();
  const colon = decoded.indexOf(':');
  return colon > 0 ? { login: decoded.slice(0, colon), password: decoded.slice(colon + 1) } : undefined;
}

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
  const secret = splitBasicSecret(bytes.toString());
  return secret?.login === '' ? undefined : secret;
}

/** A password may have colons in it, a login name cannot. Undefined if there is none. */
export function splitBasicSecret(text: string): BasicSecret | undefined {
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { login: text.slice(0, colon), password: text.slice(colon + 1) };
}

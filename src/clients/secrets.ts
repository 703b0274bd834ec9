import type { Value } from '../foundation/value.ts';

/** Keeps secrets out of logs: each has a stable reference that stands for it everywhere but on the wire. */
export interface Vault {
  /** No secrets: both ways are the identity. */
  readonly empty: boolean;
  /** References to secrets, for the wire. */
  reveal(text: string): string;
  /** Secrets to references, for the log; encoded ones too, to their references encoded alike. */
  mask(text: string): string;
  /** The same in bytes that are no text. */
  maskBytes(bytes: Uint8Array): Uint8Array;
  /** The longest text that is masked, in bytes: who cuts a text has to mask so much more before. */
  longestBytes(): number;
  /** A text that was derived from a secret (base64 of a password) and what stands for it in the log. */
  learn(open: string, masked: string): void;
}

/** Shorter derived texts would mask what is no secret. */
const shortestDerived = 6;

/** `secrets`: stable reference to value. */
export function createVault(secrets: ReadonlyMap<string, string>): Vault {
  const references = [...secrets].filter(([, value]) => value !== '');
  // The longest first, so that a secret that contains another one is masked whole.
  const known = references
    .flatMap(([reference, value]) => [{ value, reference }, ...encodedForms(reference, value)])
    .sort((a, b) => b.value.length - a.value.length);
  const reveal = (text: string) =>
    references.reduce((open, [reference, value]) => open.replaceAll(reference, value), text);
  const mask = (text: string) =>
    known.reduce((masked, { value, reference }) => masked.replaceAll(value, reference), text);
  return {
    empty: references.length === 0,
    reveal,
    mask,
    maskBytes(bytes) {
      const text = binary(bytes);
      const masked = known.reduce((part, { value, reference }) => part.replaceAll(utf8(value), utf8(reference)), text);
      return masked === text ? bytes : Buffer.from(masked, 'latin1');
    },
    longestBytes: () => Buffer.byteLength(known[0]?.value ?? ''),
    learn(open, masked) {
      if (open === masked || open.length < shortestDerived || known.some(({ value }) => value === open)) return;
      known.push({ value: open, reference: masked });
      known.sort((a, b) => b.value.length - a.value.length);
    },
  };
}

/**
 * How a target may repeat a secret without meaning any harm: in JSON, in JSON that is a text in JSON (in an error that quotes what it
 * got, say), in a URL, and in what headers and tokens are made of.
 */
const encodings: readonly ((text: string) => string)[] = [
  inJson,
  text => inJson(inJson(text)),
  text => inJson(inJson(inJson(text))),
  text => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')),
  text => Buffer.from(text).toString('base64'),
  text => Buffer.from(text).toString('base64url'),
  text => Buffer.from(text).toString('hex'),
];

function encodedForms(reference: string, value: string) {
  const forms = new Map(encodings.map(encode => [encode(value), encode(reference)]));
  return [...forms]
    .filter(([form]) => form !== value && form.length >= shortestDerived)
    .map(([form, masked]) => ({ value: form, reference: masked }));
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** One character for each byte. */
function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function utf8(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** Masks every text in a value. */
export function maskValue(vault: Vault, value: Value): Value {
  if (vault.empty) return value;
  if (typeof value === 'string') return vault.mask(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(element => maskValue(vault, element));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, maskValue(vault, member)]));
}

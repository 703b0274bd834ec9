import type { Value } from '../foundation/value.ts';

/** Keeps secrets out of logs: each has a stable reference that stands for it everywhere but on the wire. */
export interface Vault {
  /** No secrets: both ways are the identity. */
  readonly empty: boolean;
  /** References to secrets, for the wire. */
  reveal(text: string): string;
  /** Secrets to references, for the log. */
  mask(text: string): string;
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
    .map(([reference, value]) => ({ value, reference }))
    .sort((a, b) => b.value.length - a.value.length);
  const reveal = (text: string) =>
    references.reduce((open, [reference, value]) => open.replaceAll(reference, value), text);
  const mask = (text: string) =>
    known.reduce((masked, { value, reference }) => masked.replaceAll(value, reference), text);
  return {
    empty: references.length === 0,
    reveal,
    mask,
    learn(open, masked) {
      if (open === masked || open.length < shortestDerived || known.some(({ value }) => value === open)) return;
      known.push({ value: open, reference: masked });
      known.sort((a, b) => b.value.length - a.value.length);
    },
  };
}

/** Masks every text in a value. */
export function maskValue(vault: Vault, value: Value): Value {
  if (vault.empty) return value;
  if (typeof value === 'string') return vault.mask(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(element => maskValue(vault, element));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, maskValue(vault, member)]));
}

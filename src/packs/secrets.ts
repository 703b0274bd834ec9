/**
 * Values from the environment are secrets (language, section 11). What is read from a target file holds a stable reference in the
 * place of each, endpoints and start command included, so that whatever is logged or reported is safe by default. The value itself
 * stands in `TargetFile.secrets` only, and whoever connects, starts or writes puts it back at the last moment.
 */
export function secretReference(variable: string): string {
  return `⟦env.${variable}⟧`;
}

/** Whether a text holds a secret. */
export function hasSecret(text: string): boolean {
  return text.includes('⟦env.');
}

/**
 * A name for two users that anybody can derive, and read back, without storing anything. It survives a restart; (a, b) and (b, a)
 * share it; no other two users have it, whatever characters their ids are made of.
 */
export function encodePair(one: string, other: string): string {
  return encodeOrdered(...sortPair(one, other));
}

/** As encodePair, but in the order given: a different name for (a, b) and (b, a). */
export function encodeOrdered(first: string, second: string): string {
  // JSON keeps the two ids apart, and writes lone surrogates, which UTF-8 cannot, as escapes.
  return Buffer.from(JSON.stringify([first, second])).toString('base64url');
}

/** The two users, or undefined if the text is not exactly what encodePair or encodeOrdered would write for them. */
export function decodePair(text: string): readonly [string, string] | undefined {
  let pair: unknown;
  try {
    pair = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(pair) || pair.length !== 2) return undefined;
  const [first, second] = pair as [unknown, unknown];
  if (typeof first !== 'string' || typeof second !== 'string') return undefined;
  return encodeOrdered(first, second) === text ? [first, second] : undefined;
}

export function sortPair(one: string, other: string): [string, string] {
  return one <= other ? [one, other] : [other, one];
}

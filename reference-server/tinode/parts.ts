/** What can be asked of a topic, and in which order it is answered. */
export type Part = 'desc' | 'sub' | 'data' | 'del' | 'tags' | 'cred' | 'aux';

export const partsOrder = {
  sub: ['desc', 'sub', 'tags', 'cred', 'aux', 'data', 'del'],
  get: ['desc', 'sub', 'data', 'del', 'tags', 'cred', 'aux'],
} as const satisfies Record<string, readonly Part[]>;

/** Words that name no part are passed over. */
export function partsIn(what: string | undefined): readonly Part[] {
  const words = wordsIn(what);
  return partsOrder.get.filter(part => words.includes(part));
}

export function wordsIn(what = ''): readonly string[] {
  return what.split(' ');
}

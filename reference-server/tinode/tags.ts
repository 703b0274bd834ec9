/** Words by which users and groups are found: `word`, or `namespace:word`. */
import type { Context } from './context.ts';
import { isCleared } from './merge.ts';

export const tagLengths = { least: 2, most: 96 } as const;

/** In small letters, each once, in order; what cannot be a tag is left out. */
export function readTags(given: readonly string[], most: number): string[] {
  const trimmed = given.slice(0, most).map(tag => tag.trim().toLowerCase());
  if (trimmed.some(isCleared)) return [];
  return [...new Set(trimmed)].filter(isTag).toSorted();
}

function isTag(tag: string): boolean {
  const { length } = [...tag];
  return length >= tagLengths.least && length <= tagLengths.most && /^[\p{L}\p{Nd}]/u.test(tag);
}

/** Undefined if the tag has none, or is not one that can be looked for. */
export function namespaceOf(tag: string): string | undefined {
  return spacedTag.exec(tag)?.[1];
}

export function isPlainTag(tag: string): boolean {
  return plainTag.test(tag);
}

/** Tags that the server itself gives. */
export function protectedTags({ profile }: Context, tags: readonly string[]): string[] {
  const namespaces = profile.validatesEmail ? ['basic', 'email'] : ['basic'];
  return tags.filter(tag => namespaces.includes(namespaceOf(tag) ?? '')).toSorted();
}

export function hasProtectedTags(context: Context, tags: readonly string[]): boolean {
  return protectedTags(context, tags).length > 0;
}

export function aliasesIn(tags: readonly string[]): string[] {
  return tags.filter(tag => namespaceOf(tag) === 'alias');
}

const spacedTag = /^([a-z]\w{1,15}):[-_+.!?#@\p{L}\p{N}]{1,96}$/u;
const plainTag = /^[-_+.!?#@\p{L}\p{N}]{1,96}$/u;

import { writeJson } from '../foundation/json.ts';
import type { Value } from '../foundation/value.ts';

const longest = 80;

/** A value in one line of a message. */
export function shortText(value: Value): string {
  const text = writeJson(value);
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

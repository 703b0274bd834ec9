/** Whether lists and objects of JSON text lie in each other deeper than can be written again. */
export function nestsTooDeep(text: string): boolean {
  // What is short cannot: each level opens and closes.
  if (text.length <= 2 * deepest) return false;
  let depth = 0;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}

/** Brackets; texts are taken as a whole, so that those in them do not count. */
const tokens = /[[\]{}]|"(?:[^"\\]|\\.)*"/gs;
const deepest = 1000;

/**
 * One cheap scan over a text that may be JSON, for what the engine's parser would hide: long integers, repeated members, depth.
 * Member names are compared by hash within their object; equal hashes are a suspicion, not a proof.
 */

/** True if the engine's parser is as good as ours: no number of 16 digits, no repeated key, no depth beyond the limit. */
export function isPlainJson(text: string, maxDepth: number): boolean {
  const depthLimit = Math.min(maxDepth, scanDepth - 1);
  let depth = 0;
  let keys = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      const end = endOfString(text, at + 1);
      if (end < 0) return false;
      if (isBeforeColon(text, end + 1)) {
        const hash = hashKey(text, at + 1, end);
        const first = firstKeyAt[depth]!;
        if (hash === 0 || keys - first >= scanKeys || keys >= scanDepth) return false;
        for (let k = first; k < keys; k++) if (keyHashes[k] === hash) return false;
        keyHashes[keys++] = hash;
      }
      at = end;
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > depthLimit) return false;
      firstKeyAt[depth] = keys;
    } else if (code === 0x7d || code === 0x5d) {
      if (depth === 0) return false;
      keys = firstKeyAt[depth--]!;
    } else if (code >= 0x30 && code <= 0x39) {
      const first = at;
      while (isDigit(text.charCodeAt(at + 1))) at++;
      // A fraction may be as long as it likes.
      if (at - first >= 15 && text.charCodeAt(first - 1) !== 0x2e) return false;
    }
  }
  return true;
}

/** Where the quote is that ends the text beginning at `from`; -1 if there is none. */
export function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from);
  while (end > from && text.charCodeAt(end - 1) === 0x5c) {
    let backslashes = 1;
    while (end - 1 - backslashes >= from && text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) break;
    end = text.indexOf('"', end + 1);
  }
  return end;
}

function isBeforeColon(text: string, from: number): boolean {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === 0x3a;
}

/** Never 0 but for a key with an escape, which only the exact reader can compare. */
function hashKey(text: string, from: number, to: number): number {
  let hash = to - from;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) return 0;
    hash = (Math.imul(hash, 31) + code) | 0;
  }
  return hash === 0 ? 1 : hash;
}

export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

const scanDepth = 1024;
const scanKeys = 64;
const keyHashes = new Int32Array(scanDepth);
const firstKeyAt = new Int32Array(scanDepth);

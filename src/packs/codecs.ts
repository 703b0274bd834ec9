import { type ParsedJson, parseJson, writeJson } from '../foundation/json.ts';
import type { Violation } from '../foundation/pack.ts';
import type { Value } from '../foundation/value.ts';

/** One message to a frame and back. */
export type Codec = TextCodec | BytesCodec;

/** Neither direction throws. */
export interface TextCodec {
  readonly of: 'text';
  decode(text: string): DecodedText;
  encode(frame: Value): string;
}

export interface BytesCodec {
  readonly of: 'bytes';
  /** `method`: of a call of the target. */
  decode(bytes: Uint8Array, method?: string): DecodedText;
  /** Throws an AntiphonError `frame-not-encodable` for what a message cannot say. */
  encode(frame: Value): Uint8Array;
  /** As the target would send the frame; throws likewise. Without it, messages are the same in both directions. */
  encodeReceived?(frame: Value): Uint8Array;
  /** The answer to a call of the target; throws likewise. */
  answer?(method: string, frame: Value): Uint8Array;
}

export type DecodedText =
  | { readonly ok: true; readonly frame: Value; readonly violations: readonly Violation[] }
  | { readonly ok: false; readonly violations: readonly Violation[] };

const none: readonly Violation[] = [];
/** More say nothing that the first do not. */
const mostTold = 5;

export const jsonCodec: TextCodec = {
  of: 'text',
  decode(text) {
    const parsed = parseJson(text);
    if (!parsed.ok) return { ok: false, violations: [jsonViolation(text, parsed)] };
    const { duplicates } = parsed;
    const violations = duplicates.length === 0 ? none : duplicates.slice(0, mostTold).map(duplicateMember);
    return { ok: true, frame: parsed.value, violations };
  },
  encode: writeJson,
};

/** The frame is the text itself. */
export const textCodec: TextCodec = {
  of: 'text',
  decode: text => ({ ok: true, frame: text, violations: none }),
  encode: frame => (typeof frame === 'string' ? frame : writeJson(frame)),
};

function jsonViolation(text: string, problem: ParsedJson & { readonly ok: false }): Violation {
  const what = text === '' ? 'came an empty message' : `but at character ${problem.offset + 1}: ${problem.message}`;
  return { code: problem.code === 'depth' ? 'depth' : 'json', at: '', message: `expected JSON, ${what}` };
}

function duplicateMember(at: string): Violation {
  return { code: 'duplicate-member', at, message: 'expected every member once, this one came twice or more' };
}

import type { Value } from '../foundation/value.ts';
import type { Built } from './built.ts';
import { makeCollector, type Path } from './collector.ts';
import { bytesOfBase64, bytesOfSpacedHex } from './encoded-text.ts';
import { construct } from './evaluate.ts';
import { type Expression, MissingValue, type Scope } from './expression.ts';
import { kindOf } from './follow-path.ts';
import { isInsertable } from './insertable.ts';
import type { Bindings } from './pattern.ts';

/** A value to be sent, and what is to be known of it. */
export interface BuildResult {
  readonly value: Value;
  /** Members that the pack must not fill in (`$absent`): JSON Pointers. They are not in `value`. */
  readonly omitted: readonly string[];
  /** What `$as` names; a secret is named by its stable reference. */
  readonly captures: readonly { readonly slot: string; readonly value: Value }[];
  /** `$as` alone: the name of what the pack fills in there; read it from the encoded frame. */
  readonly filled: readonly { readonly slot: string; readonly path: Path }[];
  /** Where the text stands (empty so far) that makes the encoded frame so many bytes: see `fillTo`. */
  readonly fill?: { readonly path: Path; readonly bytes: number };
  /** Where `$payload` stands, empty so far. */
  readonly payloads: readonly Path[];
}

/** Builds what is sent. Secrets take the place of their stable references, if the scope has them. */
export function build(built: Built, scope: Scope, bindings: Bindings = noBindings): BuildResult | MissingValue {
  const collector = makeCollector();
  try {
    const value = construct(built, { scope, bindings, revealing: true, collector });
    const { omitted, captures, filled, payloads, fills } = collector;
    const [fill] = fills;
    return { value, omitted, captures, filled, payloads, ...(fill && { fill }) };
  } catch (thrown) {
    if (thrown instanceof MissingValue) return thrown;
    throw thrown;
  }
}

export interface RawResult {
  readonly data: string | Uint8Array;
  readonly captures: BuildResult['captures'];
}

/** Builds what `raw` sends. `$hex` and `$base64` stand for bytes there: they are how a file writes what is not text. */
export function buildRaw(built: Built, scope: Scope, bindings: Bindings = noBindings): RawResult | MissingValue {
  const isCoded = built.op === 'hex' || built.op === 'base64';
  const result = build(isCoded ? built.of : built, scope, bindings);
  if (result instanceof MissingValue) return result;
  const { value, captures, fill } = result;
  if (fill) return { data: 'x'.repeat(fill.bytes), captures };
  if (!isInsertable(value))
    return new MissingValue(expressionAt(built), `expected text or bytes to send, ${kindOf(value)} came`);
  if (!isCoded) return { data: String(value), captures };
  const bytes = built.op === 'hex' ? bytesOfSpacedHex(String(value)) : bytesOfBase64(String(value));
  return bytes
    ? { data: bytes, captures }
    : new MissingValue(expressionAt(built), `expected ${built.op} to send as bytes, ${JSON.stringify(value)} came`);
}

function expressionAt(built: Built): Expression {
  return { terms: [], text: built.op, span: built.span };
}

const noBindings: Bindings = {};

/** Section 1 of the GradAgenda specification: a payload is text, at most 4 KB, UTF-8, JSON. Otherwise the connection is closed. */
import { isUtf8 } from 'node:buffer';
import { type JsonSource, kindOf, readJson } from '../core/json-source.ts';
import type { GradagendaBehaviour } from './context.ts';

export interface Frame {
  readonly payload: Uint8Array;
  readonly binary: boolean;
}

export type Intake =
  | { readonly kind: 'action'; readonly source: JsonSource }
  | { readonly kind: 'close'; readonly code: number; readonly reason: string }
  | { readonly kind: 'ignore' };

export function takeIn(frame: Frame, frameBytes: number, behaviour: GradagendaBehaviour): Intake {
  const { payload, binary } = frame;
  if (binary && !behaviour.fires('binary-accepted')) return close(1003, 'text frames only');

  if (isOver(payload, frameBytes, behaviour)) {
    const code = behaviour.varies('closes-with-policy-violation') ? 1008 : 1009;
    return close(code, `at most ${frameBytes} bytes in a frame`);
  }

  if (!isUtf8(payload) && !behaviour.fires('invalid-utf8-accepted')) {
    return close(behaviour.fires('not-utf8-closes-as-not-text') ? 1003 : 1007, 'not UTF-8');
  }

  const source = readJson(Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString());
  if (source === undefined) {
    if (behaviour.fires('not-json-ignored')) return { kind: 'ignore' };
    return close(codeForContent(behaviour), 'not JSON');
  }

  if (kindOf(source) !== 'object' && !behaviour.fires('not-object-answered')) {
    return close(codeForContent(behaviour), 'not a JSON object');
  }
  return { kind: 'action', source };
}

function isOver(payload: Uint8Array, frameBytes: number, behaviour: GradagendaBehaviour): boolean {
  const sizeBytes = payload.length;
  if (sizeBytes <= frameBytes) {
    if (sizeBytes >= 4000 && behaviour.fires('size-limit-of-4000')) return true;
    return sizeBytes === frameBytes && behaviour.fires('size-limit-exclusive');
  }
  if (sizeBytes === frameBytes + 1 && behaviour.fires('size-limit-off-by-one')) return false;
  const characters = Buffer.from(payload).toString().length;
  return characters > frameBytes || !behaviour.fires('size-counted-in-characters');
}

/** 1007: the payload is not of the type that was promised. */
function codeForContent(behaviour: GradagendaBehaviour): number {
  return behaviour.varies('closes-with-policy-violation') ? 1008 : 1007;
}

function close(code: number, reason: string): Intake {
  return { kind: 'close', code, reason };
}

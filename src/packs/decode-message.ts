import type { Decoded, Payload, TransportProfile, Violation } from '../foundation/pack.ts';
import { isArray, type Value } from '../foundation/value.ts';
import type { Codec, DecodedText } from './codecs.ts';
import type { Condition } from './frame-kinds.ts';
import { formatPointer, type Pointer, valueAt } from './pointer.ts';

/** How a pack reads what arrives on one transport. */
export interface ReadingRules {
  readonly profile: TransportProfile;
  readonly codec: Codec;
  readonly unwrap: readonly { readonly matches: Condition; readonly at: Pointer }[];
  /** What the schema of its kind has against a frame that arrived. */
  readonly validate: (frame: Value) => readonly Violation[];
}

/** Frames in frames in frames: more is a violation, and what is deeper stays wrapped. */
const deepestWrap = 16;
/** A message with that many violations is wrong enough: its other frames are read, but not validated. */
const mostTold = 20;

/**
 * Text and bytes of one message to frames (language, section 6: items are what `unwrap` leaves), with all that is wrong with it:
 * form, size and schema (section 10, `frames.valid`). Never throws.
 */
export function decodeMessage(rules: ReadingRules, payload: Payload): Decoded {
  const transport = transportViolations(rules.profile, payload);
  if (payload.oversize) return { ok: false, violations: transport };
  const decoded = read(rules.codec, payload);
  if (!decoded.ok) {
    // Half a line is no JSON either: that it is half a line says it all.
    return { ok: false, violations: payload.unterminated ? transport : [...transport, ...decoded.violations] };
  }
  const { frame } = decoded;
  const violations = join(transport, decoded.violations);
  if (rules.profile.codec === 'text') return { ok: true, frame, frames: [frame], violations };
  if (!rules.unwrap.some(rule => rule.matches(frame))) {
    return { ok: true, frame, frames: [frame], violations: join(violations, rules.validate(frame)) };
  }
  const unwrapped: Unwrapped = { frames: [], violations: [...violations] };
  unwrap(rules, frame, '', 0, unwrapped);
  return { ok: true, frame, ...unwrapped };
}

function read(codec: Codec, { text, base64, method }: Payload): DecodedText {
  if (codec.of === 'text') return text === undefined ? { ok: false, violations: [notText] } : codec.decode(text);
  return codec.decode(text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text), method);
}

interface Unwrapped {
  readonly frames: Value[];
  readonly violations: Violation[];
}

/** Every frame on the way is validated, those that only stand for their elements too. `at` is where it stands in the message. */
function unwrap(rules: ReadingRules, frame: Value, at: string, depth: number, into: Unwrapped): void {
  if (into.violations.length < mostTold) {
    for (const violation of rules.validate(frame)) into.violations.push({ ...violation, at: at + violation.at });
  }
  const rule = rules.unwrap.find(each => each.matches(frame));
  const elements = rule && valueAt(frame, rule.at);
  if (rule === undefined || !isArray(elements)) {
    into.frames.push(frame);
  } else if (depth === deepestWrap) {
    into.violations.push({
      code: 'depth',
      at,
      message: `expected frames wrapped at most ${deepestWrap} deep, came deeper ones`,
    });
    into.frames.push(frame);
  } else {
    const holder = at + formatPointer(rule.at);
    for (const [k, element] of elements.entries()) unwrap(rules, element, `${holder}/${k}`, depth + 1, into);
  }
}

const notText: Violation = { code: 'encoding', at: '', message: 'expected text in UTF-8, came bytes that are none' };
const none: readonly Violation[] = [];

function transportViolations(profile: TransportProfile, payload: Payload): readonly Violation[] {
  const { receiveMaxBytes, opcode } = profile;
  const tooBig = payload.oversize || (receiveMaxBytes !== undefined && payload.sizeBytes > receiveMaxBytes);
  const wrongOpcode = payload.opcode !== undefined && profile.kind === 'websocket' && payload.opcode !== opcode;
  if (!tooBig && !wrongOpcode && !payload.unterminated) return none;
  const violations: Violation[] = [];
  if (tooBig) {
    const expected =
      receiveMaxBytes === undefined ? 'a message that fits in memory' : `at most ${receiveMaxBytes} bytes`;
    violations.push({ code: 'size', at: '', message: `expected ${expected}, came ${payload.sizeBytes}` });
  }
  if (wrongOpcode)
    violations.push({ code: 'opcode', at: '', message: `expected a ${opcode} message, came a ${payload.opcode} one` });
  if (payload.unterminated)
    violations.push({
      code: 'unterminated',
      at: '',
      message: 'expected the end of the line, came the end of the connection',
    });
  return violations;
}

function join(a: readonly Violation[], b: readonly Violation[]): readonly Violation[] {
  return a.length === 0 ? b : b.length === 0 ? a : [...a, ...b];
}

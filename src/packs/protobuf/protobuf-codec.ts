import { AntiphonError } from '../../foundation/errors.ts';
import type { Violation } from '../../foundation/pack.ts';
import type { BytesCodec, DecodedText } from '../codecs.ts';
import { createForms, type FieldForms, type Forms } from './forms.ts';
import { fromFrame } from './from-frame.ts';
import type { ProtoMethod, ProtoSchema } from './proto-schema.ts';
import { readMessage } from './read-message.ts';
import { toFrame } from './to-frame.ts';
import { BrokenWire } from './wire-reader.ts';
import { writeMessage } from './write-message.ts';

/** Frames as protobuf messages: those of a method that we call. */
export function protobufCodec(
  schema: ProtoSchema,
  fieldForms: FieldForms,
  { request, response }: ProtoMethod,
): BytesCodec {
  const forms = createForms(schema, fieldForms);
  return {
    of: 'bytes',
    decode: bytes => decode(schema, forms, response, bytes),
    encode: frame => writeMessage(schema, request, fromFrame(forms, request, frame)),
    encodeReceived: frame => writeMessage(schema, response, fromFrame(forms, response, frame)),
  };
}

/**
 * Calls of a service that the target makes and we answer. The only member of a call's frame is the name of its method, with a small
 * letter first: `{ find: { … } }`. An answer stands alone, for it has no other place than its call.
 */
export function calledCodec(schema: ProtoSchema, fieldForms: FieldForms, service: string): BytesCodec {
  const forms = createForms(schema, fieldForms);
  const methodAt = (path = '') => (path.startsWith(`${service}/`) ? schema.methods.get(path) : undefined);
  return {
    of: 'bytes',
    decode(bytes, path) {
      const method = methodAt(path);
      if (!method) return { ok: false, violations: [unknownMethod(service, path)] };
      const decoded = decode(schema, forms, method.request, bytes);
      return decoded.ok ? { ...decoded, frame: { [callName(path!)]: decoded.frame } } : decoded;
    },
    encode() {
      throw new AntiphonError(
        'usage',
        'frame-not-encodable',
        `expected a transport on which frames are sent, came ${service}, which the target calls: answer its calls`,
      );
    },
    answer(path, frame) {
      const response = methodAt(path)?.response;
      return response === undefined
        ? new Uint8Array()
        : writeMessage(schema, response, fromFrame(forms, response, frame));
    },
  };
}

function decode(schema: ProtoSchema, forms: Forms, message: string, bytes: Uint8Array): DecodedText {
  try {
    const { object, violations } = readMessage(schema, message, bytes);
    const made = toFrame(forms, message, object);
    return { ok: true, frame: made.frame, violations: [...violations, ...made.violations] };
  } catch (thrown) {
    if (!(thrown instanceof BrokenWire)) throw thrown;
    const violation: Violation = { code: 'encoding', at: '', message: `a protobuf message: ${thrown.message}` };
    return { ok: false, violations: [violation] };
  }
}

/** `/pbx.Plugin/FireHose` is `fireHose`. */
function callName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function unknownMethod(service: string, path = 'none'): Violation {
  return { code: 'encoding', at: '', message: `expected a call of a method of ${service}, came ${path}` };
}

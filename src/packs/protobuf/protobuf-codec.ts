import type { Violation } from '../../foundation/pack.ts';
import type { BytesCodec } from '../codecs.ts';
import { createForms, type FieldForms } from './forms.ts';
import { fromFrame } from './from-frame.ts';
import type { ProtoMethod, ProtoSchema } from './proto-schema.ts';
import { readMessage } from './read-message.ts';
import { toFrame } from './to-frame.ts';
import { BrokenWire } from './wire-reader.ts';
import { writeMessage } from './write-message.ts';

/** Frames as protobuf messages: those of a method, seen from its client or, where the target calls us, from its server. */
export function protobufCodec(
  schema: ProtoSchema,
  fieldForms: FieldForms,
  { request, response }: ProtoMethod,
  role: 'client' | 'server',
): BytesCodec {
  const forms = createForms(schema, fieldForms);
  const [sent, received] = role === 'client' ? [request, response] : [response, request];
  return {
    of: 'bytes',
    decode(bytes) {
      try {
        const { object, violations } = readMessage(schema, received, bytes);
        const made = toFrame(forms, received, object);
        return { ok: true, frame: made.frame, violations: [...violations, ...made.violations] };
      } catch (thrown) {
        if (!(thrown instanceof BrokenWire)) throw thrown;
        const violation: Violation = { code: 'encoding', at: '', message: `a protobuf message: ${thrown.message}` };
        return { ok: false, violations: [violation] };
      }
    },
    encode: frame => writeMessage(schema, sent, fromFrame(forms, sent, frame)),
  };
}

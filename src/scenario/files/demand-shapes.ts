import { atLeastOneOf, type KeyRule, notBeside } from '../../documents/key-rules.ts';
import { oneOrMany } from '../../documents/list-shapes.ts';
import { mapOf } from '../../documents/map-shapes.ts';
import { object, optional } from '../../documents/object-shape.ts';
import { oneOf } from '../../documents/scalar-shapes.ts';
import { mapped, named, node, type Shape } from '../../documents/shape.ts';
import type { DemandNode, ForbiddenNode, VerifyNode } from './file-types.ts';
import { check } from './word-shapes.ts';

/** Language, section 6: what may be asked of one arriving thing. */

export const demandKeys = ['frame', 'text', 'http', 'opened', 'closed'] as const;

const frame = node('frameReceived', 'a pattern');
const pattern = node('pattern', 'a pattern');

const httpAnswer = named(
  'httpAnswer',
  () =>
    mapped(
      object(
        {
          status: optional(pattern, 'Pattern of the status; 200 if left out.'),
          headers: optional(
            mapOf(pattern, { keyPattern: /^[!#$%&'*+.^_`|~\w-]+$/, keyExpected: 'the name of a header' }),
            'Patterns of headers, by name in lower case.',
          ),
        },
        { expected: 'what an HTTP answer must be', title: 'HTTP answer' },
      ),
      read => ({
        status: read.status,
        headers: (read.headers ?? []).map(header => ({ name: header.name, node: header.value })),
      }),
    ),
  'what an HTTP answer must be',
);

const opened = named(
  'opened',
  () =>
    mapped(
      object(
        {
          subprotocol: optional(
            pattern,
            'Pattern of the WebSocket subprotocol that the target chose; $absent for none.',
          ),
        },
        { expected: 'how a connection must begin', title: 'Opened connection' },
      ),
      read => ({ subprotocol: read.subprotocol }),
    ),
  'how a connection must begin',
);

const closed = named(
  'closed',
  () =>
    mapped(
      object(
        {
          code: optional(pattern, 'Pattern of the WebSocket close code.'),
          status: optional(pattern, 'Pattern of the gRPC status.'),
        },
        {
          expected: 'how a connection must end',
          title: 'Closed connection',
          rules: [notBeside('code', ['status'], 'a WebSocket ends with a code, a gRPC stream with a status')],
        },
      ),
      read => ({ code: read.code, status: read.status }),
    ),
  'how a connection must end',
);

export const demandFields = {
  frame: optional(frame, 'Pattern of the decoded frame.'),
  text: optional(pattern, 'Pattern of the undecoded text.'),
  http: optional(httpAnswer, 'The HTTP answer, beside frame or text, or alone.'),
  opened: optional(opened, 'The connection that this step opens has begun. {} for however it did.'),
  closed: optional(closed, 'The connection has ended. {} for however it did.'),
};

export const lenientField = optional(
  oneOf('lenient'),
  'Taken, this passes but is marked lenient; the policy decides what that means.',
);

/** `frame` and `text` are two readings of the same bytes; `opened` and `closed` are no messages. */
export function demandRules(expected: string): readonly KeyRule[] {
  return [
    atLeastOneOf(demandKeys, expected),
    notBeside('frame', ['text'], 'frame is what was decoded, text is what was not'),
    notBeside('opened', ['frame', 'text', 'http', 'closed'], 'a connection that begins carries nothing'),
    notBeside('closed', ['frame', 'text', 'http'], 'a closed connection carries nothing'),
  ];
}

export function demandOf(read: DemandNode): DemandNode {
  return { frame: read.frame, text: read.text, http: read.http, opened: read.opened, closed: read.closed };
}

const verifyEntry: Shape<VerifyNode> = named(
  'verify',
  () =>
    mapped(
      object(
        { check: optional(check, 'The requirement that this decides.'), grade: lenientField, ...demandFields },
        {
          expected: 'a verify',
          title: 'Verify',
          description: 'A further demand on the item taken.',
          rules: demandRules('a verify'),
        },
      ),
      read => ({ span: read.span, check: read.check, lenient: read.grade !== undefined, demand: demandOf(read) }),
    ),
  'a verify',
);

export const verifies = oneOrMany(verifyEntry, { min: 1 });

const forbidden: Shape<ForbiddenNode> = named(
  'forbidden',
  () =>
    mapped(
      object(
        { check: optional(check, 'The requirement that fails if it comes.'), ...demandFields },
        {
          expected: 'a never',
          title: 'Never',
          description: 'What must not come while the step reads.',
          rules: demandRules('a never'),
          hints: { within: 'never lasts as long as the step reads: see until', grade: 'never has no grade' },
        },
      ),
      read => ({ span: read.span, check: read.check, demand: demandOf(read) }),
    ),
  'a never',
);

export const nevers = oneOrMany(forbidden, { min: 1 });

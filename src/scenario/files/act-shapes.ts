import { referenceTo } from '../../documents/json-schema.ts';
import { notBeside } from '../../documents/key-rules.ts';
import { list, oneOrMany } from '../../documents/list-shapes.ts';
import type { Located, LocatedEntry } from '../../documents/located.ts';
import { object, optional, required } from '../../documents/object-shape.ts';
import { boolean, integer, orReference, text } from '../../documents/scalar-shapes.ts';
import { checked, mapped, named, node, type Shape, wrongShape } from '../../documents/shape.ts';
import { byNode } from '../../documents/union-shapes.ts';
import type { ClientStepNode, HttpNode } from './file-types.ts';
import { count, flag } from './word-shapes.ts';

/** Language, section 5: what a client can do. */

const built = node('built', 'a value');

/** A map of operators: with any other key it would be an object, which is no text. */
const builders: Shape<Located> = {
  expected: 'a builder such as { $repeat: [text, n] }',
  read(located, report) {
    const isBuilder = located.type === 'map' && located.entries.length > 0 && located.entries.every(isOperator);
    return isBuilder ? located : wrongShape(located, 'text, or a builder such as { $repeat: [text, n] }', report);
  },
  schema: () => referenceTo('builders'),
};

function isOperator({ key }: LocatedEntry): boolean {
  return /^\$[A-Za-z]/.test(key);
}

/** Text, or a builder that makes it. */
const textual = byNode<Located>({ scalar: checked(text()), map: builders }, 'text');

const members = orReference({
  expected: 'a map',
  read: (located, report) => (located.type === 'map' ? located : wrongShape(located, 'a map', report)),
  schema: () => ({ type: 'object', additionalProperties: referenceTo('built') }),
});

export const connect = named(
  'connect',
  () =>
    checked(
      object(
        {
          host: optional(textual, "Another host than the target's."),
          port: optional(orReference(integer({ min: 1, max: 65535 })), 'Another port.'),
          path: optional(textual, "Another path than the transport's."),
          query: optional(members, 'Added to the path.'),
          headers: optional(members, 'Headers of the opening request.'),
          subprotocols: optional(
            oneOrMany(text({ minLength: 1 }), { min: 1, distinct: true }),
            'WebSocket subprotocols that are offered.',
          ),
          pong: optional(boolean(), 'false: pings of the target are not answered.'),
        },
        {
          expected: 'how to connect',
          title: 'connect',
          description: 'Opens the connection. {} for what the pack and the target say.',
        },
      ),
    ),
  'how to connect',
);

const formPart = object(
  {
    name: required(built, 'Name of the field.'),
    filename: optional(built, 'Makes it a file.'),
    type: optional(built, 'Content type of the part.'),
    content: required(built, 'The content.'),
  },
  { expected: 'a part of a form', title: 'Part of a form' },
);

export const httpRequest: Shape<HttpNode> = named(
  'httpRequest',
  () =>
    mapped(
      object(
        {
          method: optional(
            text({ pattern: /^[A-Z]+$/, expected: 'a method in capitals' }),
            'GET if left out, POST with a body.',
          ),
          path: optional(textual, "Path; the transport's if left out."),
          query: optional(members, 'Added to the path.'),
          headers: optional(members, 'Headers.'),
          json: optional(built, 'A body that is JSON.'),
          body: optional(built, 'A body that is text.'),
          form: optional(checked(oneOrMany(formPart, { min: 1 })), 'A multipart form.'),
        },
        {
          expected: 'an HTTP request',
          title: 'HTTP request',
          rules: [
            notBeside('json', ['body', 'form'], 'a request has one body'),
            notBeside('body', ['form'], 'a request has one body'),
          ],
        },
      ),
      ({ span, method, path, query, headers, json, body, form }) => ({
        span,
        method,
        path,
        query,
        headers,
        json,
        body,
        form,
      }),
    ),
  'an HTTP request',
);

type Answers = NonNullable<ClientStepNode['answer']>;

const answerEntry: Shape<Answers[number]> = named(
  'answer',
  () =>
    mapped(
      object(
        {
          call: required(node('frameReceived', 'a pattern'), 'Pattern of the call.'),
          with: required(built, 'The answer; captures of call are visible.'),
          times: optional(count, 'So often; for ever if left out.'),
        },
        { expected: 'an answer', title: 'Standing answer', description: 'The first that matches the call wins.' },
      ),
      read => ({ call: read.call, with: read.with, times: read.times, span: read.span }),
    ),
  'an answer',
);

export const answers = oneOrMany(answerEntry, { min: 1 });

export const close: Shape<NonNullable<ClientStepNode['close']>> = named(
  'close',
  () =>
    mapped(
      object(
        {
          code: optional(orReference(integer({ min: 0, max: 65535 })), 'WebSocket close code.'),
          half: optional(flag(boolean()), 'Ends our side only.'),
          abort: optional(flag(boolean()), 'Resets the connection.'),
        },
        {
          expected: 'how to close',
          title: 'close',
          description: 'Closes the connection. {} for the regular way.',
          rules: [
            notBeside('half', ['code'], 'a half close says nothing'),
            notBeside('abort', ['code', 'half'], 'an abort says nothing more'),
          ],
        },
      ),
      read => ({ code: read.code, half: read.half ?? false, abort: read.abort ?? false, span: read.span }),
    ),
  'how to close',
);

const offset = integer({ min: 1, expected: 'each, or byte offsets of at least 1' });
const offsets = list(offset, { min: 1, distinct: true });

/** `each` byte alone, or byte offsets at which a message is cut. */
export const cut: Shape<'each' | readonly number[]> = {
  expected: offset.expected,
  read(located, report) {
    if (located.type === 'scalar' && located.value === 'each') return 'each';
    if (located.type === 'list') return offsets.read(located, report)?.map(each => each.value);
    const single = offset.read(located, report);
    return single && [single.value];
  },
  schema: definitions => ({ anyOf: [{ const: 'each' }, offset.schema(definitions), offsets.schema(definitions)] }),
};

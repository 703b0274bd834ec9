import { atLeastOneOf, atMostOneOf, type KeyRule, notBeside, onlyBeside } from '../../documents/key-rules.ts';
import { oneOrMany } from '../../documents/list-shapes.ts';
import { object, optional, required } from '../../documents/object-shape.ts';
import { boolean, duration, name, oneOf } from '../../documents/scalar-shapes.ts';
import { mapped, named, node, type ReadBy, type Shape } from '../../documents/shape.ts';
import { answers, close, connect, cut, httpRequest } from './act-shapes.ts';
import { nevers } from './demand-shapes.ts';
import { expectation } from './expectation-shapes.ts';
import type { ClientStepNode } from './file-types.ts';
import { until } from './until-shape.ts';
import { check, count, flag, settledName } from './word-shapes.ts';

/** Language, section 5: a client step acts, then expects, then waits until. */

const acts = ['send', 'raw', 'http', 'answer', 'close', 'reading'];
const messageActs = ['send', 'raw'];
const repeatedActs = ['send', 'raw', 'http'];

const fields = {
  client: required(
    oneOrMany(settledName('the name of a client'), { min: 1, distinct: true }),
    'Who does it; several do it at once, each on its own stream.',
  ),
  check: optional(check, 'Default of the items inside.'),
  connect: optional(connect, 'Opens the connection, before anything else.'),
  send: optional(node('builtFrames', 'a frame, or a list of frames'), 'A frame, or frames one after another.'),
  raw: optional(node('built', 'text or bytes'), 'Exactly this text, or these bytes.'),
  http: optional(httpRequest, 'An HTTP request.'),
  answer: optional(answers, 'Standing answers of a client that the target calls.'),
  close: optional(close, 'Closes the connection.'),
  reading: optional(oneOf('stop', 'go'), 'Stops reading from the socket, or goes on.'),
  opcode: optional(oneOf('text', 'binary', 'ping'), 'Of raw: the WebSocket opcode.'),
  wire: optional(flag(boolean()), 'Of raw: written below the framing.'),
  times: optional(count, 'So often; $(i) is the turn, from 1.'),
  window: optional(count, 'At most so many requests unanswered.'),
  every: optional(duration, 'The pace of times, or of the pieces of cut.'),
  cut: optional(cut, 'Written in pieces: after each byte, or at these byte offsets.'),
  together: optional(flag(boolean()), 'All of it in one write.'),
  invalid: optional(flag(boolean()), 'Breaking the frame schema is meant.'),
  mark: optional(name(), 'Names the instant of the last write.'),
  since: optional(name('the name of a mark'), 'The mark from which within, notBefore and until count.'),
  expect: optional(expectation, 'What must arrive: one item or group, or several in order.'),
  never: optional(nevers, 'What must not arrive while the step reads.'),
  ignore: optional(
    node('patterns', 'a list of patterns'),
    'What may arrive at any time. Replaces the list of the client.',
  ),
  until: optional(until, 'How long the step reads on: a barrier or a duration.'),
};

const rules: readonly KeyRule[] = [
  atLeastOneOf(['connect', ...acts, 'expect', 'until'], 'a client step'),
  atMostOneOf(acts, 'a step has one act besides connect'),
  onlyBeside('times', repeatedActs, 'only what is written can be repeated'),
  onlyBeside('window', ['send'], 'only requests are answered'),
  onlyBeside('window', ['times'], 'one request needs no window'),
  onlyBeside('every', ['times', 'cut'], 'it is the pace of several writes'),
  onlyBeside('cut', messageActs, 'only messages are cut'),
  onlyBeside('together', messageActs, 'only messages are joined'),
  notBeside('together', ['every', 'window', 'cut'], 'one write has no pace and no pieces'),
  onlyBeside('opcode', ['raw'], 'frames have the opcode of their transport'),
  onlyBeside('wire', ['raw'], 'frames are written with their framing'),
  notBeside('wire', ['opcode'], 'below the framing there is no opcode'),
  onlyBeside('invalid', ['send'], 'only frames are validated'),
  onlyBeside('mark', ['connect', ...repeatedActs, 'close'], 'it names the instant of a write'),
  onlyBeside('since', ['expect', 'until'], 'it is the origin of what the step waits for'),
  onlyBeside('never', ['expect', 'until'], 'without them the step reads nothing'),
  onlyBeside('ignore', ['expect', 'until'], 'without them the step reads nothing'),
];

const shape = object(fields, {
  expected: 'a client step',
  title: 'Client step',
  description: 'One client, or several at once: act, then expect, then until.',
  rules,
  hints: {
    frame: 'put it under expect',
    text: 'put it under expect',
    opened: 'put it under expect',
    closed: 'put it under expect',
    within: 'within belongs to an item: put it under expect',
    notBefore: 'notBefore belongs to an item: put it under expect',
    verify: 'verify belongs to an item: put it under expect',
    repeat: 'put it under expect; to send several times, use times',
  },
});

export const clientStep: Shape<ClientStepNode> = named('clientStep', () => mapped(shape, stepOf), 'a client step');

function stepOf({ client, wire, together, invalid, never, ...rest }: ReadBy<typeof shape>): ClientStepNode {
  return {
    ...rest,
    kind: 'client',
    clients: client,
    wire: wire ?? false,
    together: together ?? false,
    invalid: invalid ?? false,
    never: never ?? [],
  };
}

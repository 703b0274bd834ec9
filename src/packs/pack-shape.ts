import { list, oneOrMany } from '../documents/list-shapes.ts';
import type { Located } from '../documents/located.ts';
import { mapOf } from '../documents/map-shapes.ts';
import { object, optional, required } from '../documents/object-shape.ts';
import {
  boolean,
  durationUsOf,
  integer,
  isReference,
  name,
  oneOf,
  plainDuration,
  reference,
  text,
} from '../documents/scalar-shapes.ts';
import { type At, bare, checked, mapped, node, type ReadBy, type Shape } from '../documents/shape.ts';
import { byNode } from '../documents/union-shapes.ts';
import { accountsShape } from './accounts-shape.ts';
import { asLiteral, literalMap, withoutReferences } from './literal.ts';
import type { Pointer } from './pointer.ts';
import { pointer } from './pointer-shape.ts';
import type { FieldEncoding } from './protobuf/forms.ts';
import { sourcesShape } from './sources-shape.ts';

/** `pack.yaml` (language, section 11): one source for its reader and for the published schema. */

const plainName = bare(name());
const pattern = node('pattern', 'a pattern');
const patterns = checked(oneOrMany(pattern));
const durationUs = mapped(plainDuration, durationUsOf);
const why = 'pack.yaml has its values as they are';

export const limitsShape = asLiteral(withoutReferences(mapOf(integer({ min: 0 })), why));
export const timersShape = asLiteral(mapOf(plainDuration));
const valuesShape = withoutReferences(literalMap, why);

const bytesOrLimit: Shape<At<number | string>> = numberOrReference();

function numberOrReference(): Shape<At<number | string>> {
  const bytes = integer({ min: 1, expected: 'a number of bytes, or a limit such as $(limits.frameBytes)' });
  return {
    expected: bytes.expected,
    read: (located, report) => (isReference(located) ? reference : bytes).read(located, report),
    schema: definitions => ({ anyOf: [bytes.schema(definitions), reference.schema(definitions)] }),
  };
}

const receive = object(
  { maxBytes: required(bytesOrLimit, 'The most bytes that a message of the target may have.') },
  { expected: 'the demands on what arrives' },
);

const omission = byNode<{ readonly at: Pointer; readonly when?: Located }>(
  {
    scalar: mapped(pointer, at => ({ at })),
    map: object(
      {
        when: required(pattern, 'Frames that lack the member.'),
        at: required(pointer, 'The member; * for every one.'),
      },
      { expected: 'an omission' },
    ),
  },
  'a pointer, or { when, at }',
);

const transport = object(
  {
    kind: required(bare(oneOf('websocket', 'longpoll', 'grpc', 'lines', 'http', 'udp')), 'How messages are framed.'),
    path: optional(
      bare(text({ pattern: /^\//, expected: 'a path that begins with /' })),
      'Path of the endpoint, if a target names none; grpc: service and method, or the service alone where the target calls us.',
    ),
    endpoint: optional(plainName, 'Another transport, at whose endpoint this one is where a target names none.'),
    session: optional(
      object(
        {
          at: required(pointer, 'Where the first answer names it.'),
          query: required(bare(text({ minLength: 1 })), 'Member of the query that repeats it.'),
        },
        { expected: 'where a session is named' },
      ),
      'longpoll: the session.',
    ),
    opcode: optional(bare(oneOf('text', 'binary')), 'WebSocket: opcode of every message (default text).'),
    codec: optional(
      bare(name('json, text, protobuf, or a codec of the code')),
      'json, text, protobuf, or the name of a codec that `code` exports (default json; grpc: protobuf).',
    ),
    role: optional(bare(oneOf('client', 'server')), 'server: the target calls us (grpc).'),
    message: optional(
      bare(boolean()),
      'Whether scenarios run on it by default. Default: yes for websocket, longpoll, grpc and lines with a codec other than text, where we are the client.',
    ),
    quiet: optional(durationUs, 'Time that stands for a barrier where there is no round trip.'),
    receive: optional(receive, 'Demands on what arrives here, instead of those of the pack.'),
    limits: optional(limitsShape, 'Laid over the limits of the pack.'),
    timers: optional(timersShape, 'Laid over the timers of the pack.'),
    values: optional(valuesShape, 'Laid over the values of the pack.'),
    omits: optional(oneOrMany(omission), 'What this transport cannot carry; patterns do not ask for it.'),
  },
  { expected: 'a transport' },
);

const kindRow = object(
  { name: required(plainName, 'The kind.'), when: required(pattern, 'Frames of this kind.') },
  { expected: 'a kind' },
);

type KindPart = string | ReadBy<typeof kindRow>;

const kind = byNode<string | readonly KindPart[]>(
  {
    scalar: bare(text({ pattern: /^(member$|\/)/, expected: 'a pointer, or member' })),
    list: list(
      byNode<KindPart>(
        { scalar: bare(text({ pattern: /^\//, expected: 'a pointer' })), map: kindRow },
        'a pointer, or { name, when }',
      ),
      { min: 1 },
    ),
  },
  'pointers, member, or a list of { name, when }',
);

const unwrap = object(
  { when: required(pattern, 'Frames that hold others.'), at: required(pointer, 'The array that holds them.') },
  { expected: 'an unwrapping' },
);

const request = object(
  {
    id: required(pointer, 'Where a request carries its id; * for the member that names the kind.'),
    make: required(
      bare(text({ pattern: /\$\(n\)/, expected: 'a template with $(n) in it', examples: ['c$(n)'] })),
      'How a missing id is made; $(n) alone makes an integer.',
    ),
    except: optional(oneOrMany(plainName), 'Kinds that carry no id.'),
  },
  { expected: 'the rule of request ids' },
);

const barrier = object(
  {
    params: optional(
      checked(mapOf(node('value'))),
      'Values that `until: { barrier: … }` may give, with their defaults.',
    ),
    proves: required(bare(text({ minLength: 3 })), 'What has surely happened when the answer is there.'),
    steps: required(
      checked(list(node('step', 'a step'), { min: 1 })),
      'One request with exactly one answer; its client is me.',
    ),
  },
  { expected: 'a barrier' },
);

const byMode = object(
  {
    register: optional(plainName, 'Where accounts are registered by the run.'),
    list: optional(plainName, 'Where the target gives a list of accounts.'),
    token: optional(plainName, 'Where any token is an account.'),
  },
  { expected: 'fragments by account mode' },
);

const fragmentName = bare(text({ pattern: /^[\w./-]+$/, expected: 'the name of a fragment' }));

const actor = object(
  {
    account: optional(bare(boolean()), 'It leases an account.'),
    transport: optional(plainName, 'Its transport, if not that of the execution.'),
    ignore: optional(patterns, 'Frames that may come at any time; replaces the list of the pack.'),
    run: optional(
      byNode<string | ReadBy<typeof byMode>>(
        { scalar: fragmentName, map: byMode },
        'a fragment, or one by account mode',
      ),
      'The fragment that makes it ready.',
    ),
  },
  { expected: 'an actor' },
);

const overlay = object(
  {
    limits: optional(limitsShape, 'Laid over the limits.'),
    timers: optional(timersShape, 'Laid over the timers.'),
    values: optional(valuesShape, 'Laid over the values.'),
    capabilities: optional(mapOf(boolean()), 'What targets of this profile can and cannot do.'),
  },
  { expected: 'a profile' },
);

const configuration = object(
  {
    serve: optional(oneOrMany(bare(text({ minLength: 1 }))), 'Options of `antiphon serve`.'),
    accounts: optional(
      accountsShape,
      'Where accounts come from (default: the first mode that every actor knows but list).',
    ),
    profile: optional(plainName, 'A profile of the pack.'),
    sources: optional(sourcesShape, 'Where facts come from; files are in the folder in which the server runs.'),
    limits: optional(limitsShape, 'Laid over the limits.'),
    timers: optional(timersShape, 'Laid over the timers.'),
    values: optional(valuesShape, 'Laid over the values.'),
    capabilities: optional(mapOf(bare(boolean())), 'What the server can do when it is started so.'),
  },
  { expected: 'a configuration of the bundled server' },
);

const load = object(
  {
    marker: required(
      object(
        {
          sent: required(pointer, 'In a frame that is published.'),
          received: required(pointer, 'In a frame that is delivered.'),
        },
        { expected: 'the places of the load marker' },
      ),
      'Where a load marker fits.',
    ),
    delivery: required(oneOrMany(plainName), 'Kinds that deliver a published message.'),
    ack: optional(oneOrMany(plainName), 'Kinds that acknowledge it to the sender.'),
  },
  { expected: 'the load rules' },
);

const fieldForm = byNode<{ readonly at?: Pointer; readonly as?: FieldEncoding }>(
  {
    scalar: mapped(pointer, at => ({ at })),
    map: object(
      {
        at: optional(pointer, 'Where the field stands; empty: its members stand in its place.'),
        as: optional(
          bare(oneOf('plain', 'json', 'base64', 'text', 'time')),
          'bytes: json (default), base64 or text. int64: time for milliseconds since 1970.',
        ),
      },
      { expected: 'the form of a field' },
    ),
  },
  'a pointer, or { at, as }',
);

const protobuf = object(
  {
    file: required(
      bare(text({ pattern: /^[\w-]+\.proto$/, expected: 'the name of a .proto file' })),
      'The schema, in schemas/proto.',
    ),
    fields: optional(
      mapOf(mapOf(fieldForm, { keyPattern: /^\w+$/, keyExpected: 'a field' }), {
        keyPattern: /^\w+$/,
        keyExpected: 'a message',
      }),
      'By message and field: where it stands in the frames of scenarios (default: by its name), and how.',
    ),
  },
  { expected: 'the protobuf schema' },
);

export const packShape = object(
  {
    antiphon: required(integer({ min: 1, max: 1, expected: 'the format 1' }), 'Format version.'),
    pack: required(plainName, 'Name of the protocol.'),
    transports: required(mapOf(transport, { min: 1 }), 'Ways to talk to a target.'),
    kind: required(kind, 'What names the kind of a frame, and so its schema.'),
    unwrap: optional(oneOrMany(unwrap), 'Frames that stand for the frames in them.'),
    fill: optional(valuesShape, 'Members added to what is sent, where it lacks them.'),
    request: optional(request, 'Ids of requests.'),
    reply: optional(
      mapOf(pointer, { keyPattern: /^\S+$/, keyExpected: 'a kind' }),
      'Where a reply of each kind carries the id.',
    ),
    foreign: optional(patterns, 'Frames that belong to other scenarios.'),
    ignore: optional(patterns, 'Frames that may come at any time.'),
    unordered: optional(
      list(list(plainName, { min: 2 }), { min: 1 }),
      'Lists of kinds whose frames may come in any order; a kind that is there twice also among themselves.',
    ),
    barrier: optional(barrier, 'A round trip that proves absence.'),
    accounts: optional(checked(literalMap), 'Account data; $(n) counts, $(unique) is own to the execution.'),
    actors: optional(mapOf(actor), 'Clients that a scenario may name.'),
    sources: optional(
      mapOf(oneOrMany(plainName)),
      'Facts that only a target knows, with the names that a fetch gives.',
    ),
    limits: optional(limitsShape, 'Numbers: $(limits.x).'),
    timers: optional(timersShape, 'Durations: $(timers.x).'),
    capabilities: optional(list(plainName, { distinct: true }), 'What a target may be able to do.'),
    values: optional(valuesShape, 'Values: $(pack.x).'),
    configurations: optional(
      mapOf(configuration, { min: 1 }),
      'Ways to start the bundled server; a run takes the first, coverage and proof take all.',
    ),
    profiles: optional(mapOf(overlay), 'Overlays that a target may choose by name.'),
    receive: optional(receive, 'Demands on what arrives.'),
    protobuf: optional(protobuf, 'Schema and names of the codec protobuf.'),
    load: optional(asLiteral(load), 'For load tests.'),
    code: optional(
      bare(text({ pattern: /^\.\/.+\.m?js$/, expected: 'a module beside this file, such as ./pack.mjs' })),
      'Module that exports `operators` and `codecs`.',
    ),
  },
  { expected: 'a pack', title: 'Antiphon pack, format 1', description: 'A protocol as a table: language, section 11.' },
);

export type PackSource = ReadBy<typeof packShape>;

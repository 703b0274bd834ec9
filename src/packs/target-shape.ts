import { atMostOneOf } from '../documents/key-rules.ts';
import { oneOrMany } from '../documents/list-shapes.ts';
import { mapOf } from '../documents/map-shapes.ts';
import { object, optional, required } from '../documents/object-shape.ts';
import { boolean, durationUsOf, integer, name, plainDuration, text } from '../documents/scalar-shapes.ts';
import { bare, mapped, type ReadBy } from '../documents/shape.ts';
import { accountsShape } from './accounts-shape.ts';
import { literalMap } from './literal.ts';
import { limitsShape, timersShape } from './pack-shape.ts';
import { regex } from './regex-shape.ts';
import { sourcesShape } from './sources-shape.ts';

/** A target file (language, section 11), read after `$(env.X)` and `$(vars.X)` have been put in. */

const durationUs = mapped(plainDuration, durationUsOf);
const filled = bare(text({ minLength: 1 }));

/** A URL, or `host:port`; what holds a reference is known only when it is used. */
const endpoint = bare(
  text({
    pattern: /^((wss?|tcp|tls|https?|grpcs?|udp):\/\/\S+|[^\s/]+:\d+|.*(\$\(|⟦).*)$/,
    expected: 'a URL such as ws://127.0.0.1:8080/, or host:port',
    examples: ['ws://127.0.0.1:8080/', '127.0.0.1:6969'],
  }),
);

const ready = object(
  {
    connect: optional(name(), 'Ready when a connection to this transport succeeds.'),
    output: optional(regex, 'Ready when a line of its output matches.'),
    file: optional(filled, 'Ready when this file is there.'),
    within: optional(durationUs, 'How long it may take (default 20 s).'),
  },
  { expected: 'a sign of being ready', rules: [atMostOneOf(['connect', 'output', 'file'], 'one sign is enough')] },
);

const stop = object(
  {
    signal: optional(
      bare(text({ pattern: /^SIG[A-Z]+\d?$/, expected: 'a signal such as SIGTERM' })),
      'Default SIGTERM.',
    ),
    within: optional(durationUs, 'How long it may take before it is killed (default 5 s).'),
  },
  { expected: 'a way to stop' },
);

const start = object(
  {
    command: required(oneOrMany(filled, { min: 1 }), 'Program and arguments; no shell reads them.'),
    env: optional(
      mapOf(bare(text()), { keyPattern: /^[A-Za-z_]\w*$/, keyExpected: 'the name of an environment variable' }),
      'Added to the environment.',
    ),
    cwd: optional(filled, 'Working directory, from the folder of this file.'),
    ready: optional(ready, 'When it is ready (default: when the first endpoint takes a connection).'),
    stop: optional(stop, 'How it is stopped.'),
  },
  { expected: 'a command that starts the target' },
);

const tls = object(
  {
    ca: optional(filled, 'File of the certificate authority, from the folder of this file.'),
    cert: optional(filled, 'File of our own certificate.'),
    key: optional(filled, 'File of its key.'),
    insecure: optional(bare(boolean()), 'Take any certificate.'),
  },
  { expected: 'TLS options' },
);

export const targetShape = object(
  {
    antiphon: required(integer({ min: 1, max: 1, expected: 'the format 1' }), 'Format version.'),
    target: required(bare(text({ minLength: 3 })), 'What it is.'),
    protocol: required(name(), 'The pack.'),
    endpoints: required(mapOf(endpoint, { min: 1 }), 'Where it listens, by transport of the pack.'),
    start: optional(start, 'How it is started.'),
    tls: optional(tls, 'For endpoints over TLS.'),
    profile: optional(name(), 'A profile of the pack.'),
    accounts: optional(accountsShape, 'Where accounts come from (default: mode register).'),
    sources: optional(sourcesShape, 'Where facts come from that only the target knows.'),
    capabilities: optional(mapOf(bare(boolean())), 'What it can and cannot do.'),
    limits: optional(limitsShape, 'Laid over the limits of the pack.'),
    timers: optional(timersShape, 'Laid over the timers of the pack.'),
    values: optional(literalMap, 'Laid over the values of the pack.'),
  },
  {
    expected: 'a target',
    title: 'Antiphon target, format 1',
    description: 'A server to test, and how to reach it: language, section 11.',
  },
);

export type TargetSource = ReadBy<typeof targetShape>;

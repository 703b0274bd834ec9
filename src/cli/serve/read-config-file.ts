import { readFileSync } from 'node:fs';
import { formatDiagnostic } from '../../documents/excerpt.ts';
import { oneOrMany } from '../../documents/list-shapes.ts';
import { mapOf, type NamedValue } from '../../documents/map-shapes.ts';
import { object, optional } from '../../documents/object-shape.ts';
import { readDocument } from '../../documents/read-document.ts';
import { boolean, integer, plainDuration, text } from '../../documents/scalar-shapes.ts';
import { type At, bare, type ReadBy } from '../../documents/shape.ts';
import { AntiphonError, messageOf } from '../../foundation/errors.ts';
import type { Assignment } from '../options/read-assignment.ts';
import type { ServeOptions } from './serve-options.ts';

/** Reads the file of `--config`: a map with the names of the options. All that is wrong in it is told at once. */
export function readConfigFile(path: string): ServeOptions {
  const source = readText(path);
  const { root, diagnostics } = readDocument(source, path);
  const config = root && configShape.read(root, diagnostic => diagnostics.push(diagnostic));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (config && errors.length === 0) return optionsOf(config);
  const problems = errors.map(diagnostic => formatDiagnostic(diagnostic, source, { color: false }));
  const message = `Expected a file with options of serve, got one with mistakes. Correct them:\n\n${problems.join('\n\n')}`;
  throw new AntiphonError('usage', 'config-invalid', message);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    const message = `Expected a file with options of serve at ${path}, which could not be read: ${messageOf(thrown)}. Name another with --config.`;
    throw new AntiphonError('usage', 'config-unreadable', message, { cause: thrown });
  }
}

const texts = oneOrMany(bare(text({ minLength: 1 })));

const configShape = object(
  {
    port: optional(bare(integer({ min: 0, max: 65_535 })), 'Port; 0 for a free one.'),
    host: optional(bare(text({ minLength: 1 })), 'Address to listen on.'),
    user: optional(texts, 'Users who are known from the start, as id:token.'),
    demo: optional(bare(boolean()), 'Accept every account whose token is not empty.'),
    timer: optional(mapOf(plainDuration), 'Timers of the protocol.'),
    limit: optional(mapOf(integer()), 'Limits of the protocol.'),
    fault: optional(texts, 'Rules to break on purpose.'),
    variant: optional(texts, 'Other things to do that the rules allow.'),
    null: optional(bare(text({ minLength: 1 })), 'Behaviour of a null server to start instead.'),
    'otp-log': optional(bare(text({ minLength: 1 })), 'File for one-time passwords.'),
    plugin: optional(bare(text({ minLength: 1 })), 'Host and port of a plugin to call.'),
    generation: optional(bare(text({ minLength: 1 })), 'Generation of the protocol.'),
    'ready-file': optional(bare(text({ minLength: 1 })), 'File for the endpoints.'),
    workers: optional(
      bare(integer({ min: 0, max: 64 })),
      'Processes that own the sockets, beside the one with the state.',
    ),
    quiet: optional(bare(boolean()), 'Print only the endpoints and the line ready.'),
  },
  { expected: 'the options of serve' },
);

function optionsOf(config: ReadBy<typeof configShape>): ServeOptions {
  const { span: _, timer, limit, 'otp-log': otpLog, 'ready-file': readyFile, ...others } = config;
  return {
    ...others,
    ...(timer && { timer: assignmentsOf(timer) }),
    ...(limit && { limit: assignmentsOf(limit) }),
    ...(otpLog !== undefined && { otpLog }),
    ...(readyFile !== undefined && { readyFile }),
  };
}

function assignmentsOf(entries: readonly NamedValue<At<string | number>>[]): readonly Assignment[] {
  return entries.map(({ name, value }) => ({ name: name.value, value: String(value.value) }));
}

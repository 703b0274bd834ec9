/** From options to what the reference server takes. It checks names and ranges itself, so here only texts are read. */
import type { ProtocolDescription, ReferenceServerOptions } from '../../../reference-server/index.ts';
import { parseDurationUs } from '../../foundation/duration.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import type { Assignment } from '../options/read-assignment.ts';
import type { ServeOptions } from './serve-options.ts';

export function serverSettings(options: ServeOptions, log: (line: string) => void): ReferenceServerOptions {
  const { port, host, demo, generation, otpLog, plugin, workers, null: nullBehaviour } = options;
  return {
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
    ...(demo === undefined ? {} : { demo }),
    ...(generation === undefined ? {} : { generation }),
    ...(otpLog === undefined ? {} : { otpLog }),
    ...(plugin === undefined ? {} : { plugin }),
    ...(workers === undefined ? {} : { workers }),
    users: (options.user ?? []).map(readUser),
    timers: numbersOf(options.timer, readMilliseconds),
    limits: numbersOf(options.limit, readLimit),
    faults: options.fault ?? [],
    variants: options.variant ?? [],
    ...(nullBehaviour === undefined ? {} : { nullBehaviour }),
    log,
  };
}

/** Throws for an option that only other protocols have. */
export function requireKnownOptions(protocol: ProtocolDescription, options: ServeOptions): void {
  if (options.otpLog !== undefined && !protocol.hasOneTimePasswords)
    throw foreignOption(protocol, '--otp-log', 'it has no one-time passwords');
  if (options.plugin !== undefined && !protocol.hasPlugin)
    throw foreignOption(protocol, '--plugin', 'its servers call nobody');
  if (options.generation !== undefined && !protocol.generations)
    throw foreignOption(protocol, '--generation', 'it has one generation only');
}

function foreignOption({ name }: ProtocolDescription, option: string, why: string): AntiphonError {
  const message = `Expected options that ${name} has, got ${option}: ${why}. Leave it out; \`antiphon serve ${name} --list\` shows what there is.`;
  return new AntiphonError('usage', 'foreign-option', message);
}

/** An id may have colons in it, a token never has one. */
function readUser(text: string): { readonly id: string; readonly token: string } {
  const colon = text.lastIndexOf(':');
  if (colon > 0) return { id: text.slice(0, colon), token: text.slice(colon + 1) };
  throw new AntiphonError('usage', 'bad-user', `Expected a user as id:token, got "${text}". Write --user ada:secret.`);
}

function numbersOf(
  assignments: readonly Assignment[] = [],
  read: (assignment: Assignment) => number,
): Readonly<Record<string, number>> {
  return Object.fromEntries(assignments.map(assignment => [assignment.name, read(assignment)]));
}

function readMilliseconds({ name, value }: Assignment): number {
  const durationUs = parseDurationUs(value);
  if (durationUs !== undefined) return durationUs / 1000;
  const message = `Expected the timer ${name} as a duration with its unit, got "${value}". Write --timer ${name}=500ms.`;
  throw new AntiphonError('usage', 'bad-timer', message);
}

function readLimit({ name, value }: Assignment): number {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  const message = `Expected the limit ${name} as a whole number, got "${value}". Write --limit ${name}=4096.`;
  throw new AntiphonError('usage', 'bad-limit', message);
}

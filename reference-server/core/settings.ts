import type { Account } from './credentials.ts';
import { ReferenceServerError, type ReferenceServerErrorCode } from './errors.ts';
import { nearestName } from './nearest-name.ts';
import type { ProtocolDescription, ReferenceServerOptions, SettingDescription, Settings } from './protocol.ts';

/** Throws a ReferenceServerError at the first option that the protocol cannot take. */
export function resolveSettings(protocol: ProtocolDescription, options: ReferenceServerOptions): Settings {
  const of = (what: string) => `a ${what} of ${protocol.name}`;
  const { generations = [] } = protocol;
  const generation = options.generation ?? generations[0];
  if (generation !== undefined) requireName('unknown-generation', of('generation'), generation, generations);
  return {
    port: requireWhole('port', options.port ?? 0, 0, 65_535),
    host: options.host ?? '127.0.0.1',
    users: (options.users ?? []).map(requireAccount),
    demo: options.demo ?? false,
    timers: resolveNumbers('timer', 'unknown-timer', of('timer'), protocol.timers, options.timers ?? {}),
    limits: resolveNumbers('limit', 'unknown-limit', of('limit'), protocol.limits, options.limits ?? {}),
    ...(generation === undefined ? {} : { generation }),
    faults: resolveNames('unknown-fault', of('fault'), protocol.faults, options.faults ?? []),
    variants: resolveNames('unknown-variant', of('variant'), protocol.variants, options.variants ?? []),
    workers: requireWhole('workers', options.workers ?? 0, 0, protocol.isOneProcess ? 0 : 64),
    otpLog: options.otpLog,
    plugin: options.plugin,
    log: options.log ?? (() => {}),
  };
}

/** Throws unless `name` is one of `known`; `expected` says what was wanted: "a fault of gradagenda". */
export function requireName(
  code: ReferenceServerErrorCode,
  expected: string,
  name: string,
  known: readonly string[],
): void {
  if (known.includes(name)) return;
  const nearest = nearestName(name, known);
  const advice = nearest === undefined ? '' : `Did you mean "${nearest}"? `;
  throw new ReferenceServerError(
    code,
    `Expected ${expected}, got "${name}". ${advice}Known are: ${known.join(', ') || 'none'}.`,
  );
}

function resolveNames(
  code: ReferenceServerErrorCode,
  expected: string,
  known: Readonly<Record<string, unknown>>,
  names: readonly string[],
): readonly string[] {
  for (const name of names) requireName(code, expected, name, Object.keys(known));
  return [...new Set(names)];
}

function resolveNumbers(
  what: string,
  code: ReferenceServerErrorCode,
  expected: string,
  known: Readonly<Record<string, SettingDescription>>,
  given: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  for (const name of Object.keys(given)) requireName(code, expected, name, Object.keys(known));
  const entries = Object.entries(known).map(([name, { defaultValue, leastValue }]) => {
    const value = Object.hasOwn(given, name) ? given[name]! : defaultValue;
    return [name, requireWhole(`${what} ${name}`, value, leastValue, 2 ** 31 - 1)] as const;
  });
  return Object.fromEntries(entries);
}

function requireWhole(what: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ReferenceServerError(
    'bad-setting',
    `Expected ${what} to be a whole number from ${least} to ${most}, got ${value}. Give another value, or leave it out.`,
  );
}

function requireAccount(account: Account): Account {
  if (account.token !== '') return account;
  throw new ReferenceServerError(
    'bad-setting',
    `Expected user "${account.id}" to have a token, got an empty one. Write it as id:token.`,
  );
}

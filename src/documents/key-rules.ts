import type { JsonSchema } from './json-schema.ts';
import type { LocatedEntry, LocatedMap } from './located.ts';
import { alternatives, problem, type Report } from './shape.ts';

/** A rule about which keys stand together in one object. Reader and schema say the same. */
export interface KeyRule {
  check(present: ReadonlyMap<string, LocatedEntry>, map: LocatedMap, report: Report): void;
  /** Parts of `allOf`; empty for what a schema cannot see. */
  readonly schema: readonly JsonSchema[];
}

/** Of these keys at most one. */
export function atMostOneOf(keys: readonly string[], why: string): KeyRule {
  return {
    check(present, map, report) {
      const written = map.entries.filter(entry => keys.includes(entry.key) && present.has(entry.key));
      for (const extra of written.slice(1))
        report(
          problem('keys-conflict', `${written[0]!.key} and ${extra.key} cannot stand together: ${why}`, extra.keySpan),
        );
    },
    schema: keys.slice(0, -1).map((key, k) => forbidBeside(key, keys.slice(k + 1), why)),
  };
}

/** Of these keys at least one. */
export function atLeastOneOf(keys: readonly string[], expected: string): KeyRule {
  return {
    check(present, map, report) {
      if (!keys.some(key => present.has(key)))
        report(problem('missing-key', `${expected} needs ${alternatives(keys)}`, map.span));
    },
    schema: [{ anyOf: keys.map(key => ({ required: [key] })) }],
  };
}

/** This key never stands beside any of those. */
export function notBeside(key: string, others: readonly string[], why: string): KeyRule {
  return {
    check(present, _map, report) {
      const entry = present.get(key);
      if (!entry) return;
      for (const other of others) {
        if (present.has(other))
          report(problem('keys-conflict', `${key} and ${other} cannot stand together: ${why}`, entry.keySpan));
      }
    },
    schema: [forbidBeside(key, others, why)],
  };
}

/** This key makes sense only beside one of those. */
export function onlyBeside(key: string, others: readonly string[], why: string): KeyRule {
  return {
    check(present, _map, report) {
      const entry = present.get(key);
      if (!entry || others.some(other => present.has(other))) return;
      report(problem('key-alone', `${key} needs ${alternatives(others)} beside it: ${why}`, entry.keySpan));
    },
    schema: [{ $comment: why, dependentSchemas: { [key]: { anyOf: others.map(other => ({ required: [other] })) } } }],
  };
}

/** What only the reader can see. */
export function readerRule(check: KeyRule['check']): KeyRule {
  return { check, schema: [] };
}

function forbidBeside(key: string, others: readonly string[], why: string): JsonSchema {
  return {
    $comment: why,
    dependentSchemas: { [key]: { properties: Object.fromEntries(others.map(other => [other, false])) } },
  };
}

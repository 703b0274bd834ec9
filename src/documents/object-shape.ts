import type { Span } from '../foundation/span.ts';
import { type Definitions, described, type JsonSchema } from './json-schema.ts';
import type { KeyRule } from './key-rules.ts';
import type { LocatedEntry, LocatedMap } from './located.ts';
import { nearest } from './nearest.ts';
import { alternatives, problem, type Report, type Shape, wrongShape } from './shape.ts';

/** One key of an object, with the words that an editor shows for it. */
export interface Field<T, Needed extends boolean = boolean> {
  readonly shape: Shape<T>;
  readonly description: string;
  readonly needed: Needed;
}

export function required<T>(shape: Shape<T>, description: string): Field<T, true> {
  return { shape, description, needed: true };
}

export function optional<T>(shape: Shape<T>, description: string): Field<T, false> {
  return { shape, description, needed: false };
}

// biome-ignore lint/suspicious/noExplicitAny: a field of whatever type, inferred at the use
export type Fields = Readonly<Record<string, Field<any>>>;

export type ObjectOf<F extends Fields> = {
  readonly [K in keyof F as F[K]['needed'] extends true ? K : never]: F[K] extends Field<infer T> ? T : never;
} & { readonly [K in keyof F as F[K]['needed'] extends true ? never : K]?: F[K] extends Field<infer T> ? T : never } & {
  readonly span: Span;
};

export interface ObjectOptions {
  /** With its article: `a step`. */
  readonly expected: string;
  readonly title?: string;
  readonly description?: string;
  /** Which keys may stand together. */
  readonly rules?: readonly KeyRule[];
  /** Keys that belong elsewhere: what to do instead. */
  readonly hints?: Readonly<Record<string, string>>;
}

/** A map with known keys. Other keys are errors. */
export function object<const F extends Fields>(fields: F, options: ObjectOptions): Shape<ObjectOf<F>> {
  const { expected, rules = [] } = options;
  const neededKeys = Object.keys(fields).filter(key => fields[key]!.needed);
  return {
    expected,
    read(node, report) {
      if (node.type !== 'map') return wrongShape(node, expected, report);
      let sound = true;
      const strict: Report = diagnostic => {
        sound = false;
        report(diagnostic);
      };
      const values: Record<string, unknown> = { span: node.span };
      for (const entry of node.entries) {
        const field = Object.hasOwn(fields, entry.key) ? fields[entry.key] : undefined;
        if (field) values[entry.key] = field.shape.read(entry.value, strict);
        else reportUnknownKey(entry, node, fields, options, strict);
      }
      const present = new Map(node.entries.map(entry => [entry.key, entry]));
      for (const key of neededKeys) {
        if (!present.has(key))
          strict(
            problem(
              'missing-key',
              `${expected} needs the key ${key}`,
              node.span,
              `add ${key}: ${fields[key]!.shape.expected}`,
            ),
          );
      }
      for (const rule of rules) rule.check(present, node, strict);
      return sound ? (values as ObjectOf<F>) : undefined;
    },
    schema: definitions => objectSchema(fields, options, definitions),
  };
}

function reportUnknownKey(
  entry: LocatedEntry,
  map: LocatedMap,
  fields: Fields,
  options: ObjectOptions,
  report: Report,
): void {
  const used = new Set(map.entries.map(each => each.key));
  const free = Object.keys(fields).filter(key => !used.has(key));
  const near = nearest(entry.key, free);
  const hint = options.hints && Object.hasOwn(options.hints, entry.key) ? options.hints[entry.key] : undefined;
  const suggestion =
    hint ?? (near === undefined ? `known here: ${alternatives(Object.keys(fields))}` : `did you mean ${near}?`);
  report(
    problem(
      'unknown-key',
      `unknown key ${JSON.stringify(entry.key)} in ${options.expected}`,
      entry.keySpan,
      suggestion,
    ),
  );
}

function objectSchema(fields: Fields, options: ObjectOptions, definitions: Definitions): JsonSchema {
  const { title, description, rules = [] } = options;
  const properties: Record<string, JsonSchema> = {};
  for (const [key, field] of Object.entries(fields))
    properties[key] = described(field.shape.schema(definitions), field.description);
  const needed = Object.keys(fields).filter(key => fields[key]!.needed);
  const combinations = rules.flatMap(rule => rule.schema);
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    type: 'object',
    ...(needed.length > 0 ? { required: needed } : {}),
    properties,
    additionalProperties: false,
    ...(combinations.length > 0 ? { allOf: combinations } : {}),
  };
}

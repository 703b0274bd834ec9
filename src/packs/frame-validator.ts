import { createRequire } from 'node:module';
import type Ajv2020 from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/types/index.js';
import { AntiphonError, messageOf } from '../foundation/errors.ts';
import type { Violation } from '../foundation/pack.ts';
import type { Value } from '../foundation/value.ts';
import { addExactKeywords, approximate, hasBigInt } from './exact-keywords.ts';
import { schemaViolations } from './schema-violations.ts';

export type Direction = 'sent' | 'received';

/** A schema file of a pack. */
export interface FrameSchema {
  /** Below the pack's schema folder, with `/`: `sent/authenticate.schema.json`. Others than `sent` and `received` are for `$ref`. */
  readonly path: string;
  readonly schema: Value;
}

export interface FrameValidator {
  has(direction: Direction, kind: string): boolean;
  /** Whether any kind has a schema in this direction. */
  any(direction: Direction): boolean;
  /** Throws an AntiphonError if the schema does not compile. */
  validate(direction: Direction, kind: string, frame: Value): readonly Violation[];
}

/** Nothing is compiled before the first frame of a kind: most commands never validate one. */
export function frameValidator(schemas: readonly FrameSchema[]): FrameValidator {
  const paths = { sent: kindPaths(schemas, 'sent'), received: kindPaths(schemas, 'received') };
  const approximateSchemas = compiler(schemas, 'fast');
  const exactSchemas = compiler(schemas, 'exact');
  return {
    has: (direction, kind) => paths[direction].has(kind),
    any: direction => paths[direction].size > 0,
    validate(direction, kind, frame) {
      const path = paths[direction].get(kind)!;
      const exact = hasBigInt(frame);
      const validate = (exact ? exactSchemas : approximateSchemas)(path);
      if (validate(exact ? approximate(frame) : frame)) return [];
      return schemaViolations(frame, validate.errors as readonly ErrorObject[]);
    },
  };
}

function kindPaths(schemas: readonly FrameSchema[], direction: Direction): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { path } of schemas) {
    const kind = /^([^/]+)\/([^/]+)\.schema\.json$/.exec(path);
    if (kind?.[1] === direction) paths.set(kind[2]!, path);
  }
  return paths;
}

function compiler(schemas: readonly FrameSchema[], mode: 'fast' | 'exact'): (path: string) => ValidateFunction {
  const compiled = new Map<string, ValidateFunction>();
  let ajv: Ajv2020.default | undefined;
  return path => {
    const known = compiled.get(path);
    if (known) return known;
    ajv ??= createAjv(schemas, mode);
    const validate = compile(ajv, path);
    compiled.set(path, validate);
    return validate;
  };
}

function compile(ajv: Ajv2020.default, path: string): ValidateFunction {
  try {
    return ajv.getSchema(uriOf(path))!;
  } catch (thrown) {
    const what = `expected a JSON Schema (draft 2020-12), came ${path}, which does not compile: ${messageOf(thrown)}`;
    throw new AntiphonError('scenario', 'schema-does-not-compile', what, { cause: thrown });
  }
}

const require = createRequire(import.meta.url);

function createAjv(schemas: readonly FrameSchema[], mode: 'fast' | 'exact'): Ajv2020.default {
  // Loaded with the first schema: ajv takes longer to load than most commands take to run.
  const { default: Ajv } = require('ajv/dist/2020.js') as typeof Ajv2020;
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    // A frame may have a member named `constructor`, or lack one named `toString`.
    ownProperties: true,
    strictTypes: false,
    strictTuples: false,
    validateSchema: false,
    logger: false,
    // Its optimizer costs more time than it saves: measured, the plain code is no slower.
    code: { optimize: false },
    formats: { 'date-time': isInstant },
  });
  if (mode === 'exact') addExactKeywords(ajv);
  for (const { path, schema } of schemas) {
    try {
      ajv.addSchema((mode === 'exact' ? schema : approximate(schema)) as object, uriOf(path));
    } catch (thrown) {
      throw new AntiphonError(
        'scenario',
        'schema-not-usable',
        `expected a JSON Schema in ${path}: ${messageOf(thrown)}`,
        { cause: thrown },
      );
    }
  }
  return ajv;
}

/** So that `$ref: message.schema.json` in a schema without `$id` means the file beside it. */
function uriOf(path: string): string {
  return `antiphon://frames/${path}`;
}

/** RFC 3339. */
function isInstant(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
  );
}

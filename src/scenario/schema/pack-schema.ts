import { documentSchema } from '../../documents/document-schema.ts';
import { type JsonSchema, type JsonSchemaObject, referenceTo } from '../../documents/json-schema.ts';
import { type AddedOperator, valueDefinitions } from '../../documents/value-definitions.ts';
import { scenarioShape } from '../files/scenario-shape.ts';
import { builtFrame, framePattern } from './frame-completion.ts';

/** The frame schemas of a pack, by kind. */
export interface FrameSchemas {
  readonly sent: Readonly<Record<string, JsonSchema>>;
  readonly received: Readonly<Record<string, JsonSchema>>;
}

/** Names of a pack that an editor can offer. */
export interface PackNames {
  readonly actors: readonly string[];
  readonly fragments: readonly string[];
  readonly transports: readonly string[];
  /** Ids of the ledger, with what they say. */
  readonly checks: readonly { readonly id: string; readonly text?: string }[];
  readonly operators: readonly AddedOperator[];
}

/**
 * The scenario schema for one pack: the published one, in which frames, actors, fragments, transports and checks are those of
 * the pack. For editors: it offers everything the pack knows and refuses nothing that the language allows.
 */
export function scenarioSchemaFor(packName: string, frames: FrameSchemas, names: PackNames): JsonSchemaObject {
  const definitions = valueDefinitions(names.operators);
  definitions.set('protocol', { const: packName });
  definitions.set('actor', { enum: [...new Set([...names.actors, 'connected', 'offline'])] });
  definitions.set('fragmentName', offered(names.fragments, '^([\\w./-]+|.*\\$\\(.+\\).*)$'));
  if (names.transports.length > 0) definitions.set('transportName', { enum: names.transports });
  definitions.set('check', checkSchema(names.checks));
  definitions.set('frameSent', frameChoice(frames.sent, builtFrame, 'built', 'A frame that is sent.'));
  definitions.set('frameReceived', frameChoice(frames.received, framePattern, 'pattern', 'A pattern of a frame.'));
  return documentSchema(scenarioShape, {
    fileName: `${packName}.scenario.schema.json`,
    title: `Antiphon scenario of ${packName}, format 1`,
    description: `The scenario language with the frames of ${packName}.`,
    definitions,
  });
}

/** Names to offer; others that the language allows are not refused. */
function offered(values: readonly string[], pattern: string): JsonSchemaObject {
  const free = { type: 'string', pattern };
  return values.length === 0 ? free : { anyOf: [{ enum: values }, free] };
}

/** Known ids with their texts, ids with a detail behind them, and references. */
function checkSchema(checks: PackNames['checks']): JsonSchemaObject {
  const known = checks.map(({ id, text }) => (text === undefined ? { const: id } : { const: id, description: text }));
  const ids = checks.map(({ id }) => id.replaceAll('.', '\\.')).join('|');
  const detailed = checks.length === 0 ? '[a-z][\\w-]*(\\.[\\w-]+)+(/[\\w./-]+)?' : `(${ids})/[\\w./-]+`;
  return {
    description: 'The requirement that this decides.',
    anyOf: [...known, { type: 'string', pattern: `^(${detailed}|.*\\$\\(.+\\).*)$` }],
  };
}

/** Any frame of the pack, or whatever the language allows: a wrong frame may be meant. */
function frameChoice(
  schemas: Readonly<Record<string, JsonSchema>>,
  convert: (schema: JsonSchema) => JsonSchema,
  otherwise: string,
  description: string,
): JsonSchemaObject {
  const kinds = Object.entries(schemas).map(([kind, schema]) => ({
    title: kind,
    ...(convert(schema) as JsonSchemaObject),
  }));
  return { description, anyOf: [...kinds, referenceTo(otherwise)] };
}

import { type DocumentSchemaOptions, documentSchema, schemaText } from '../../documents/document-schema.ts';
import type { Definitions } from '../../documents/json-schema.ts';
import type { Shape } from '../../documents/shape.ts';
import { valueDefinitions } from '../../documents/value-definitions.ts';
import { fragmentShape } from '../files/fragment-shape.ts';
import { policyShape } from '../files/policy-shape.ts';
import { scenarioShape } from '../files/scenario-shape.ts';
import { steps } from '../files/step-shapes.ts';
import { workloadShape } from '../files/workload-shape.ts';

const kinds: readonly (Omit<DocumentSchemaOptions, 'definitions'> & { readonly shape: Shape<unknown> })[] = [
  {
    shape: scenarioShape,
    fileName: 'scenario.schema.json',
    title: 'Antiphon scenario, format 1',
    description: 'Requests, and the responses that must follow.',
  },
  {
    shape: fragmentShape,
    fileName: 'fragment.schema.json',
    title: 'Antiphon fragment, format 1',
    description: 'Steps that scenarios include, or that make an actor.',
  },
  {
    shape: workloadShape,
    fileName: 'workload.schema.json',
    title: 'Antiphon workload, format 1',
    description: 'Many clients, and the messages that they exchange.',
  },
  {
    shape: policyShape,
    fileName: 'policy.schema.json',
    title: 'Antiphon policy, format 1',
    description: 'What a gate makes of the verdicts of a run.',
  },
];

/** The JSON Schemas of the file kinds of the language: file name to text. */
export function publishedSchemas(): ReadonlyMap<string, string> {
  const definitions = valueDefinitions();
  return new Map(
    kinds.map(({ shape, ...options }) => [
      options.fileName,
      schemaText(documentSchema(shape, { ...options, definitions })),
    ]),
  );
}

/** Patterns, built values and `steps`, for schemas of other files that contain some: a pack has both. */
export function languageDefinitions(): Definitions {
  const definitions = valueDefinitions();
  steps.schema(definitions);
  return definitions;
}

/** The JSON Schemas of what a search for a capacity and a sweep leave: `schemas/capacity.schema.json`, `schemas/sweep.schema.json`. */
import type { JsonSchemaObject } from '../documents/json-schema.ts';
import { loadEnds } from './load-results.ts';
import { count, list, number, object, text } from './schema-parts.ts';

export function capacitySchema(): JsonSchemaObject {
  const bracket = {
    passedPerSecond: number('The greatest rate at which the objective held.'),
    failedPerSecond: number('The least rate at which it did not.'),
    undecidedPerSecond: number('The least rate, between both, of which this machine could not say anything.'),
  };
  return searchSchema('capacity', 'a search for a capacity (capacity.json)', {
    objective: list(text('A threshold.'), 'All of them have to hold.'),
    verdict: { $ref: '#/$defs/verdict', description: 'pass: the bracket is as narrow as it gets.' },
    finding: text('What was found, in words.'),
    bracket: object(bracket, 'What the steps have shown; what is left out is not known.', Object.keys(bracket)),
    steps: list({ $ref: '#/$defs/step' }, 'In the order in which they were made; `value` is the rate a second.'),
  });
}

export function sweepSchema(): JsonSchemaObject {
  return searchSchema('sweep', 'a sweep (sweep.json)', {
    over: text('What is other from point to point: rate, payload, or a role.'),
    unit: { enum: ['perSecond', 'bytes', 'users'], description: 'Of the values.' },
    complete: { type: 'boolean', description: 'Every point was run.' },
    verdict: { $ref: '#/$defs/verdict', description: 'The worst of its points.' },
    steps: list({ $ref: '#/$defs/step' }, 'In the order in which they were asked for.'),
  });
}

function searchSchema(
  kind: 'capacity' | 'sweep',
  title: string,
  own: Readonly<Record<string, JsonSchemaObject>>,
): JsonSchemaObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://antiphon.dev/schemas/${kind}.schema.json`,
    title: `Antiphon results of ${title}, format 1`,
    description:
      'The result, and each step with what decided it. Written again after each step. Times in whole microseconds.',
    ...object({
      format: { const: 1, description: 'Version of this format.' },
      kind: { const: kind, description: 'What was done.' },
      tool: text('Name and version of the tool: `antiphon 0.1.0`.'),
      workload: text('Logical name of the workload.'),
      title: text('Its title.'),
      startedAt: text('When it began, RFC 3339.'),
      seed: text('From it, and the number of the step, that of each step is made.'),
      target: object(
        { title: text('Title of the target.'), kind: text('How it was named: bundled, url or file.') },
        'What was put under load.',
      ),
      ...own,
    }),
    $defs: {
      verdict: { enum: ['pass', 'inconclusive', 'fail'], description: 'inconclusive: not all of it is decided.' },
      step: stepSchema(),
    },
  };
}

function stepSchema(): JsonSchemaObject {
  const delivery = {
    deliveryP50Us: count('Left out if nothing was delivered.'),
    deliveryP99Us: count('Left out if nothing was delivered.'),
    deliveryP999Us: count('Left out if nothing was delivered.'),
  };
  return object(
    {
      value: number('What is other in this step.'),
      run: text('Folder of its run, below that of the search: its results.json has everything else.'),
      ended: { enum: loadEnds, description: 'How the run ended.' },
      verdict: { $ref: '#/$defs/verdict', description: 'Of the run.' },
      reasons: list(text('One reason.'), 'Why it is not passed.'),
      connections: count('Connections of all channels.'),
      publishesPerSecond: number('Messages sent.'),
      deliveriesPerSecond: number('Messages received, late ones included.'),
      lost: count('Never received.'),
      late: count('Received after the deadline.'),
      ...delivery,
    },
    undefined,
    Object.keys(delivery),
  );
}

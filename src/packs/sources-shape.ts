import { atLeastOneOf, atMostOneOf, notBeside } from '../documents/key-rules.ts';
import { oneOrMany } from '../documents/list-shapes.ts';
import { mapOf } from '../documents/map-shapes.ts';
import { object, optional } from '../documents/object-shape.ts';
import { durationUsOf, plainDuration, text } from '../documents/scalar-shapes.ts';
import { bare, mapped, type ReadBy } from '../documents/shape.ts';
import type { SourceSupply } from './file-types.ts';
import { literal } from './literal.ts';
import { regex } from './regex-shape.ts';

/** Where facts come from that only the target knows, in a target file and in a configuration of the bundled server. */

const durationUs = mapped(plainDuration, durationUsOf);
const filled = bare(text({ minLength: 1 }));
const kinds = ['fixed', 'file', 'command'];
const source = object(
  {
    fixed: optional(literal, 'Always this value.'),
    file: optional(filled, 'The newest match in this file, from the folder of the target file.'),
    command: optional(oneOrMany(filled, { min: 1 }), 'What this program prints; $(name) is what the fetch gives.'),
    pattern: optional(regex, 'Finds the fact; its first group, if it has one.'),
    within: optional(durationUs, 'How long to try (default 10 s).'),
  },
  {
    expected: 'a source of facts',
    rules: [
      atLeastOneOf(kinds, 'a source'),
      atMostOneOf(kinds, 'a fact has one source'),
      notBeside('fixed', ['pattern', 'within'], 'it is known'),
    ],
  },
);

export const sourcesShape = mapOf(source);

export type SourcesSource = ReadBy<typeof sourcesShape>;

export function suppliesOf(sources: SourcesSource = []): Readonly<Record<string, SourceSupply>> {
  return Object.fromEntries(sources.map(({ name, value }) => [name.value, supplyOf(value)]));
}

function supplyOf(source: SourcesSource[number]['value']): SourceSupply {
  const { fixed, file, command, pattern, within: withinUs = factWithinUs } = source;
  const search = { ...(pattern !== undefined && { pattern }), withinUs };
  if (command !== undefined) return { kind: 'command', command, ...search };
  if (file !== undefined) return { kind: 'file', path: file, ...search };
  return { kind: 'fixed', value: fixed ?? null };
}

const factWithinUs = 10e6;

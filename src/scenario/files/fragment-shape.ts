import { mapOf } from '../../documents/map-shapes.ts';
import { object, optional, required } from '../../documents/object-shape.ts';
import { oneOf } from '../../documents/scalar-shapes.ts';
import { mapped, type ReadBy, type Shape } from '../../documents/shape.ts';
import { headerFirst, titleField, versionField } from './file-header.ts';
import type { FragmentFile } from './file-types.ts';
import { steps } from './step-shapes.ts';
import { about, namedNodes, names, protocol } from './word-shapes.ts';

/** Language, section 11. */

const shape = object(
  {
    antiphon: versionField,
    fragment: titleField('What is true once its steps are done.'),
    protocol: required(protocol, 'The pack.'),
    about: optional(about, 'Why, and what is not obvious.'),
    clients: required(mapOf(oneOf('one', 'many'), { min: 1 }), 'The clients that the includer gives.'),
    params: optional(namedNodes, 'Values that the includer may give, with their defaults; $required for none.'),
    gives: optional(names, 'Captured names that the includer gets.'),
    steps: required(steps, 'What is done, one after another.'),
  },
  { expected: 'a fragment', title: 'Fragment', rules: [headerFirst('fragment')] },
);

export const fragmentShape: Shape<FragmentFile> = mapped(shape, fragmentOf);

function fragmentOf(read: ReadBy<typeof shape>): FragmentFile {
  return {
    kind: 'fragment',
    file: read.span.file,
    span: read.span,
    title: read.fragment,
    protocol: read.protocol,
    clients: read.clients.map(({ name, value }) => ({ name, many: value.value === 'many' })),
    params: (read.params ?? []).map(({ name, node }) => {
      const needed = node.type === 'scalar' && node.value === '$required';
      return { name, default: needed ? undefined : node, required: needed };
    }),
    gives: read.gives ?? [],
    steps: read.steps,
  };
}

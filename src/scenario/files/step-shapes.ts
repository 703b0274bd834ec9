import { oneOrMany } from '../../documents/list-shapes.ts';
import { mapOf } from '../../documents/map-shapes.ts';
import { object, optional, required } from '../../documents/object-shape.ts';
import { name, oneOf, orReference } from '../../documents/scalar-shapes.ts';
import { mapped, named, type Shape, wrongShape } from '../../documents/shape.ts';
import { byKey } from '../../documents/union-shapes.ts';
import { clientStep } from './client-step-shape.ts';
import type { FetchNode, ForEachNode, IncludeNode, RestartNode, StepNode } from './file-types.ts';
import { fragmentName, namedNodes, settledName } from './word-shapes.ts';

/** Language, section 5: the steps of scenarios, fragments and workloads. */

const step: Shape<StepNode> = named(
  'step',
  () => byKey<StepNode>({ client: clientStep, include, fetch, restart, forEach }, 'a step'),
  'a step',
);

export const steps: Shape<readonly StepNode[]> = named('steps', () => oneOrMany(step, { min: 1 }), 'steps');

const include: Shape<IncludeNode> = named(
  'includeStep',
  () =>
    mapped(
      object(
        {
          include: required(fragmentName, 'The fragment.'),
          with: optional(namedNodes, 'Its clients and parameters.'),
          as: optional(name(), 'The name under which its gives are found.'),
        },
        {
          expected: 'an include step',
          title: 'include',
          description: 'The steps of a fragment, as if they stood here.',
        },
      ),
      read => ({
        kind: 'include' as const,
        span: read.span,
        fragment: read.include,
        with: read.with ?? [],
        as: read.as,
      }),
    ),
  'an include step',
);

const fetch: Shape<FetchNode> = named(
  'fetchStep',
  () =>
    mapped(
      object(
        {
          fetch: required(settledName('a source of the pack'), 'The source, such as otp.'),
          with: optional(namedNodes, 'What the source wants to know.'),
          as: required(name(), 'The name of the fact.'),
        },
        { expected: 'a fetch step', title: 'fetch', description: 'A fact that only the target knows.' },
      ),
      read => ({ kind: 'fetch' as const, span: read.span, source: read.fetch, with: read.with ?? [], as: read.as }),
    ),
  'a fetch step',
);

const restart: Shape<RestartNode> = named(
  'restartStep',
  () =>
    mapped(
      object(
        { restart: required(oneOf('target'), 'Always target.') },
        { expected: 'a restart step', title: 'restart', description: 'Restarts the target (capability restartable).' },
      ),
      read => ({ kind: 'restart' as const, span: read.span }),
    ),
  'a restart step',
);

const literals = orReference({
  expected: 'a list',
  read: (located, report) => (located.type === 'list' ? located : wrongShape(located, 'a list', report)),
  schema: () => ({ type: 'array' }),
});

const forEach: Shape<ForEachNode> = named(
  'forEachStep',
  () =>
    mapped(
      object(
        {
          forEach: required(
            mapOf(literals, { min: 1, max: 1 }),
            'The name, and what it stands for, one after the other.',
          ),
          steps: required(steps, 'Done once for each.'),
        },
        { expected: 'a forEach step', title: 'forEach', description: 'Unrolled when the file is read.' },
      ),
      read => {
        const { name: variable, value } = read.forEach[0]!;
        return { kind: 'forEach' as const, span: read.span, name: variable, list: value, steps: read.steps };
      },
    ),
  'a forEach step',
);

import { atLeastOneOf, type KeyRule, notBeside, readerRule } from '../../documents/key-rules.ts';
import { oneOrMany } from '../../documents/list-shapes.ts';
import { mapOf } from '../../documents/map-shapes.ts';
import { object, optional, required } from '../../documents/object-shape.ts';
import { duration, integer, orReference } from '../../documents/scalar-shapes.ts';
import { mapped, named, problem, type Shape } from '../../documents/shape.ts';
import { byKey } from '../../documents/union-shapes.ts';
import { demandFields, demandKeys, demandOf, demandRules, lenientField, verifies } from './demand-shapes.ts';
import type { ExpectationNode, GroupNode, ItemNode } from './file-types.ts';
import { check, count } from './word-shapes.ts';

/** Language, section 6: items and groups. */

const expectedWords = 'an item or a group';

const one: Shape<ExpectationNode> = named(
  'expectation',
  () => byKey<ExpectationNode>({ ...groups, ...Object.fromEntries(demandKeys.map(key => [key, item])) }, expectedWords),
  expectedWords,
);

const many: Shape<readonly ExpectationNode[]> = oneOrMany(one, { min: 1 });

/** One expectation; a list of several is `inOrder`. */
export const expectation: Shape<ExpectationNode> = mapped(many, (children, located) =>
  located.type === 'list' ? { kind: 'inOrder', span: located.span, children } : children[0]!,
);

const checkField = optional(check, 'The requirement that this decides.');
const groupCheck = optional(check, 'Default of the items inside.');

const item: Shape<ItemNode> = named(
  'item',
  () =>
    mapped(
      object(
        {
          check: checkField,
          ...demandFields,
          within: optional(duration, 'Not later than this after the origin of the step.'),
          notBefore: optional(duration, 'Not earlier than this after the origin of the step.'),
          grade: lenientField,
          verify: optional(verifies, 'What else must be true of the item taken.'),
        },
        {
          expected: 'an item',
          title: 'Item',
          description:
            'One arriving thing. What identifies it goes into the pattern, what else must be true into verify.',
          rules: demandRules('an item'),
          hints: {
            times: 'put the item under repeat',
            min: 'put the item under repeat',
            max: 'put the item under repeat',
          },
        },
      ),
      read => ({
        kind: 'item' as const,
        span: read.span,
        check: read.check,
        lenient: read.grade !== undefined,
        within: read.within,
        notBefore: read.notBefore,
        demand: demandOf(read),
        verify: read.verify ?? [],
      }),
    ),
  'an item',
);

/** Keys that are written beside a group and belong to the items inside. */
const groupHints = Object.fromEntries([
  ...['within', 'notBefore', 'grade', 'verify'].map(key => [key, `${key} belongs to an item: put it there`]),
  ...demandKeys.map(key => [key, 'an item cannot stand beside a group: put it inside']),
]);

function childrenGroup(kind: 'inOrder' | 'anyOrder' | 'oneOf', description: string): Shape<GroupNode> {
  const expected = `a group ${kind}`;
  const shape = () =>
    object(
      { [kind]: required(many, description), check: groupCheck },
      { expected, title: kind, description, hints: groupHints },
    );
  return named(
    kind,
    () => mapped(shape(), read => ({ kind, span: read.span, check: read.check, children: read[kind] }) as GroupNode),
    expected,
  );
}

const optionalGroup: Shape<GroupNode> = named(
  'optional',
  () =>
    mapped(
      object(
        { optional: required(expectation, 'What may come or not.'), check: groupCheck },
        {
          expected: 'a group optional',
          title: 'optional',
          description: 'May come or not; still served during later steps.',
          hints: groupHints,
        },
      ),
      read => ({ kind: 'optional' as const, span: read.span, check: read.check, body: read.optional }),
    ),
  'a group optional',
);

const least = orReference(integer({ min: 0 }));

const boundsInOrder: KeyRule = readerRule((present, _map, report) => {
  const min = present.get('min')?.value;
  const max = present.get('max')?.value;
  if (
    min?.type !== 'scalar' ||
    max?.type !== 'scalar' ||
    typeof min.value !== 'number' ||
    typeof max.value !== 'number'
  )
    return;
  if (min.value > max.value)
    report(problem('bounds-crossed', `min ${min.value} is greater than max ${max.value}`, max.span));
});

const repeatGroup: Shape<GroupNode> = named(
  'repeat',
  () =>
    mapped(
      object(
        {
          repeat: required(expectation, 'One turn; $(i) is its number, from 1.'),
          check: groupCheck,
          times: optional(count, 'Exactly so many turns.'),
          min: optional(least, 'At least so many turns; 0 if left out.'),
          max: optional(count, 'At most so many turns; open if left out.'),
        },
        {
          expected: 'a group repeat',
          title: 'repeat',
          description: 'The same again, as often as times, or min and max, say.',
          rules: [
            atLeastOneOf(['times', 'min', 'max'], 'repeat'),
            notBeside('times', ['min', 'max'], 'times is both of them'),
            boundsInOrder,
          ],
          hints: groupHints,
        },
      ),
      read => ({
        kind: 'repeat' as const,
        span: read.span,
        check: read.check,
        body: read.repeat,
        times: read.times,
        min: read.min,
        max: read.max,
      }),
    ),
  'a group repeat',
);

const byTransport: Shape<GroupNode> = named(
  'byTransport',
  () =>
    mapped(
      object(
        {
          byTransport: required(mapOf(expectation, { min: 1 }), 'What is expected, by the name of the transport.'),
          check: groupCheck,
        },
        {
          expected: 'a group byTransport',
          title: 'byTransport',
          description: 'Settled when the file is read.',
          hints: groupHints,
        },
      ),
      read => ({
        kind: 'byTransport' as const,
        span: read.span,
        check: read.check,
        branches: read.byTransport.map(branch => ({ transport: branch.name, body: branch.value })),
      }),
    ),
  'a group byTransport',
);

const groups = {
  inOrder: childrenGroup('inOrder', 'One after the other.'),
  anyOrder: childrenGroup('anyOrder', 'All of them; they may interleave.'),
  oneOf: childrenGroup('oneOf', 'One of them; the others go once it has begun.'),
  optional: optionalGroup,
  repeat: repeatGroup,
  byTransport,
};

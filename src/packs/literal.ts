import type { JsonSchema } from '../documents/json-schema.ts';
import type { Located } from '../documents/located.ts';
import { mapped, problem, type Report, type Shape, wrongShape } from '../documents/shape.ts';
import { setMember, type Value, type ValueObject } from '../foundation/value.ts';

/** What a node says, references and operators left as the text and members they are. */
export function literalOf(node: Located): Value {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') return node.elements.map(literalOf);
  const members: Record<string, Value> = {};
  for (const { key, value } of node.entries) setMember(members, key, literalOf(value));
  return members;
}

/** Any value, as it stands. */
export const literal: Shape<Value> = { expected: 'a value', read: literalOf, schema: () => true };

/** A map of whatever members. */
export const literalMap: Shape<ValueObject> = {
  expected: 'a map',
  read: (node, report) => (node.type === 'map' ? (literalOf(node) as ValueObject) : wrongShape(node, 'a map', report)),
  schema: (): JsonSchema => ({ type: 'object' }),
};

/** The same value in literal form, once it has the shape. */
export function asLiteral(shape: Shape<unknown>): Shape<ValueObject> {
  return mapped(shape, (_, node) => literalOf(node) as ValueObject);
}

/** A shape in which no reference may stand, because nothing would resolve it. */
export function withoutReferences<T>(shape: Shape<T>, why: string): Shape<T> {
  return mapped(shape, (value, node, report) => (refuseReferences(node, why, report) ? undefined : value));
}

function refuseReferences(node: Located, why: string, report: Report): boolean {
  if (node.type === 'list') return node.elements.filter(element => refuseReferences(element, why, report)).length > 0;
  if (node.type === 'map') return node.entries.filter(entry => refuseReferences(entry.value, why, report)).length > 0;
  const reference = typeof node.value === 'string' ? /(?<!\$)(?:\$\$)*(\$\([^)]*\))/.exec(node.value)?.[1] : undefined;
  if (reference === undefined) return false;
  report(
    problem(
      'reference-not-here',
      `expected a value without references, came ${reference}: ${why}`,
      node.span,
      'write the value itself',
    ),
  );
  return true;
}

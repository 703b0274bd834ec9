import type { Definitions, JsonSchema } from './json-schema.ts';
import type { Located } from './located.ts';
import { nearest } from './nearest.ts';
import { alternatives, problem, type Shape, wrongShape } from './shape.ts';

/** Objects that are told apart by a key that only one of them has. The first such key that is present decides. */
export function byKey<T>(branches: Readonly<Record<string, Shape<T>>>, expected: string): Shape<T> {
  const keys = Object.keys(branches);
  return {
    expected,
    read(node, report) {
      if (node.type !== 'map') return wrongShape(node, expected, report);
      const decisive = keys.find(key => node.entries.some(entry => entry.key === key));
      if (decisive !== undefined) return branches[decisive]!.read(node, report);
      const near = node.entries.map(entry => nearest(entry.key, keys)).find(each => each !== undefined);
      report(
        problem(
          'missing-key',
          `${expected} needs one of the keys ${alternatives(keys)}`,
          node.span,
          near === undefined ? undefined : `did you mean ${near}?`,
        ),
      );
      return undefined;
    },
    schema: definitions => ({ anyOf: distinctSchemas(Object.values(branches), definitions) }),
  };
}

/** Shapes that are told apart by what kind of node stands there. */
export function byNode<T>(branches: { readonly [K in Located['type']]?: Shape<T> }, expected: string): Shape<T> {
  return {
    expected,
    read(node, report) {
      const branch = branches[node.type];
      return branch ? branch.read(node, report) : wrongShape(node, expected, report);
    },
    schema: definitions => ({ anyOf: distinctSchemas(Object.values(branches), definitions) }),
  };
}

/** Several keys may lead to one shape: its schema is offered once. */
function distinctSchemas(shapes: readonly Shape<unknown>[], definitions: Definitions): JsonSchema[] {
  return [...new Set(shapes)].map(shape => shape.schema(definitions));
}

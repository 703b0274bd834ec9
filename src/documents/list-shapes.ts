import type { Definitions, JsonSchema } from './json-schema.ts';
import type { Located } from './located.ts';
import { problem, type Report, type Shape, wrongShape } from './shape.ts';

export interface ListOptions {
  /** With its article: `a list of names`. */
  readonly expected?: string;
  readonly min?: number;
  /** No scalar may stand in it twice. */
  readonly distinct?: boolean;
}

/** A list, and nothing else. */
export function list<T>(element: Shape<T>, options: ListOptions = {}): Shape<readonly T[]> {
  const expected = options.expected ?? `a list, each element ${element.expected}`;
  return {
    expected,
    read: (node, report) =>
      node.type === 'list' ? readElements(node, element, options, report) : wrongShape(node, expected, report),
    schema: definitions => listSchema(element, options, definitions),
  };
}

/** Language, section 2: where a list is allowed, one element may stand without the list. */
export function oneOrMany<T>(element: Shape<T>, options: ListOptions = {}): Shape<readonly T[]> {
  return {
    expected: options.expected ?? `${element.expected}, or a list of such`,
    read(node, report) {
      if (node.type === 'list') return readElements(node, element, options, report);
      const value = element.read(node, report);
      return value === undefined ? undefined : [value];
    },
    schema: definitions => ({ anyOf: [element.schema(definitions), listSchema(element, options, definitions)] }),
  };
}

function readElements<T>(
  node: Located & { type: 'list' },
  element: Shape<T>,
  options: ListOptions,
  report: Report,
): readonly T[] | undefined {
  const { min = 0, distinct = false } = options;
  let sound = true;
  const values: T[] = [];
  for (const each of node.elements) {
    const value = element.read(each, report);
    if (value === undefined) sound = false;
    else values.push(value);
  }
  if (node.elements.length < min) {
    const came = node.elements.length === 0 ? 'an empty list' : `a list of ${node.elements.length}`;
    report(problem('list-too-short', `expected at least ${min}, came ${came}`, node.span));
    return undefined;
  }
  if (distinct && !areDistinct(node.elements, report)) return undefined;
  return sound ? values : undefined;
}

function areDistinct(elements: readonly Located[], report: Report): boolean {
  const seen = new Set<unknown>();
  let sound = true;
  for (const element of elements) {
    if (element.type !== 'scalar') continue;
    if (seen.has(element.value)) {
      report(
        problem(
          'listed-twice',
          `${JSON.stringify(String(element.value))} stands twice in one list`,
          element.span,
          'remove one of them',
        ),
      );
      sound = false;
    }
    seen.add(element.value);
  }
  return sound;
}

function listSchema(
  element: Shape<unknown>,
  { min = 0, distinct = false }: ListOptions,
  definitions: Definitions,
): JsonSchema {
  return {
    type: 'array',
    items: element.schema(definitions),
    ...(min > 0 ? { minItems: min } : {}),
    ...(distinct ? { uniqueItems: true } : {}),
  };
}

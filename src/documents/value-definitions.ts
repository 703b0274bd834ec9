import { type Definitions, described, type JsonSchema, type JsonSchemaObject, referenceTo } from './json-schema.ts';

/** Language, section 3, for editors: patterns and built values. Reading them is the business of `values`. */

/** An operator that a pack adds. */
export interface AddedOperator {
  /** With its `$`. */
  readonly name: string;
  readonly description?: string;
}

const pattern = referenceTo('pattern');
const built = referenceTo('built');
const bound = referenceTo('bound');
const operatorStart = '^\\$[A-Za-z]';
const operatorName = '^\\$[A-Za-z][\\w-]*$';

const bareOperators: Readonly<Record<string, string>> = {
  $any: 'Any value that is present, null too.',
  $absent: 'No such member.',
  $string: 'Any text.',
  $integer: 'Any whole number.',
  $number: 'Any number.',
  $boolean: 'true or false.',
  $array: 'Any array.',
  $object: 'Any object.',
  $time: 'An instant in RFC 3339.',
};

const bareBuilders: Readonly<Record<string, string>> = {
  $absent: 'Leaves out what the pack would add.',
  $now: 'The present, in milliseconds since 1970.',
  $payload: "The load's text (workloads).",
};

/**
 * `value`, `pattern`, `patterns`, `built`, `builtFrames`, the frames of both directions, and what they are made of. Without the
 * operators of one pack any name is taken for an operator that some pack adds.
 */
export function valueDefinitions(operators?: readonly AddedOperator[]): Definitions {
  const referenceText = {
    type: 'string',
    pattern: '^\\$\\(.+\\)$',
    description: 'A reference takes the value with its type.',
  };
  return new Map<string, JsonSchema>([
    ['value', { description: 'A value, or a pattern: what it is depends on where it is used.' }],
    ['pattern', patternSchema(operators)],
    ['patterns', oneOrList(referenceTo('frameReceived'), 'One pattern, or a list of patterns.')],
    ['operators', operatorsSchema(operators)],
    ['patternList', oneOrList(pattern, 'Patterns; one may stand without the list.')],
    ['built', builtSchema()],
    ['builders', buildersSchema()],
    ['builtFrames', oneOrList(referenceTo('frameSent'), 'A frame, or frames one after another.')],
    ['frameSent', described(built, 'A frame that is sent.')],
    ['frameReceived', described(pattern, 'A pattern of a frame: members named must match, more are allowed.')],
    ['bound', { anyOf: [{ type: 'number' }, referenceTo('referenceText')] }],
    ['range', { type: 'object', properties: { min: bound, max: bound }, additionalProperties: false }],
    ['captureName', { type: 'string', pattern: '^[\\p{L}_][\\p{L}\\p{N}_-]*$' }],
    ['referenceText', referenceText],
  ]);
}

function oneOrList(element: JsonSchemaObject, description: string): JsonSchemaObject {
  return { description, anyOf: [element, { type: 'array', items: element }] };
}

function patternSchema(operators: readonly AddedOperator[] | undefined): JsonSchemaObject {
  const added = operators ? operators.map(bareWord) : [{ type: 'string', pattern: operatorName }];
  return {
    title: 'Pattern',
    description:
      'A scalar equals itself. An object asks for its members and allows more; an array asks for length and order.',
    anyOf: [
      { type: ['null', 'boolean', 'number'] },
      plainText,
      ...Object.entries(bareOperators).map(([name, description]) => bareWord({ name, description })),
      ...added,
      { type: 'array', items: pattern },
      referenceTo('operators'),
      objectOf(pattern),
    ],
  };
}

const plainText = { type: 'string', not: { pattern: operatorName } };

function bareWord({ name, description }: AddedOperator): JsonSchema {
  return described({ const: name }, description);
}

/** Members whose names begin with `$` are written with `$$`. */
function objectOf(member: JsonSchemaObject): JsonSchemaObject {
  return { type: 'object', propertyNames: { not: { pattern: operatorStart } }, additionalProperties: member };
}

function operatorsSchema(operators: readonly AddedOperator[] | undefined): JsonSchemaObject {
  const range = referenceTo('range');
  const elements = referenceTo('patternList');
  const properties: Record<string, JsonSchema> = {
    $string: {
      ...stringOperator,
      description: 'Text: length in code points, an ECMAScript u regex (unanchored), a substring.',
    },
    $integer: described(range, 'A whole number between min and max, both included.'),
    $number: described(range, 'A number between min and max, both included.'),
    $array: described(range, 'An array with so many elements.'),
    $time: { enum: ['rfc3339', 'ms', 's'], description: 'An instant so written.' },
    $oneOf: described(elements, 'One of these matches.'),
    $not: described(pattern, 'Present, and does not match. No captures inside.'),
    $exact: described(pattern, 'An object with these members only.'),
    $set: described(elements, 'These elements, in any order.'),
    $contains: described(elements, 'These elements, distinct ones, among others.'),
    $each: described(pattern, 'Every element matches.'),
    $json: described(pattern, 'Text that is JSON of what matches.'),
    $base64: described(pattern, 'Text that is base64 of what matches.'),
    $hex: described(pattern, 'Text that is hexadecimal of what matches.'),
    $after: {
      type: 'array',
      prefixItems: [{ type: 'string' }, pattern],
      items: false,
      minItems: 2,
      description: 'Text that begins so, the rest of which matches.',
    },
    $as: described(referenceTo('captureName'), 'Names the value; where the name is bound already, they must be equal.'),
  };
  for (const { name, description } of operators ?? [])
    properties[name] = { description: description ?? 'An operator of this pack.' };
  const others = operators
    ? { additionalProperties: false }
    : { propertyNames: { pattern: operatorName, not: { enum: withoutArgument } } };
  return {
    title: 'Operators',
    description: 'All of them must match.',
    type: 'object',
    minProperties: 1,
    properties,
    ...others,
  };
}

const withoutArgument = ['$any', '$absent', '$boolean', '$object'];

const stringOperator = {
  type: 'object',
  properties: {
    min: described(bound, 'Least length in code points.'),
    max: described(bound, 'Greatest length in code points.'),
    pattern: { type: 'string', description: 'ECMAScript regular expression, flag u, unanchored.' },
    has: { type: 'string', description: 'A substring.' },
    anyCase: { type: 'string', description: 'The whole text, in small letters or capitals.' },
  },
  additionalProperties: false,
};

function builtSchema(): JsonSchemaObject {
  return {
    title: 'Value that is sent',
    anyOf: [
      { type: ['null', 'boolean', 'number'] },
      plainText,
      ...Object.entries(bareBuilders).map(([name, description]) => bareWord({ name, description })),
      { type: 'array', items: built },
      referenceTo('builders'),
      objectOf(built),
    ],
  };
}

function buildersSchema(): JsonSchemaObject {
  const count = { anyOf: [{ type: 'integer', minimum: 0 }, referenceTo('referenceText')] };
  return {
    title: 'Builders',
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    properties: {
      $json: described(built, 'Text: JSON of the value.'),
      $base64: described(built, 'Text: base64 of the value.'),
      $hex: described(built, 'Text: hexadecimal of the value.'),
      $repeat: {
        type: 'array',
        prefixItems: [built, count],
        items: false,
        minItems: 2,
        description: 'The text, so many times.',
      },
      $fill: { ...count, description: 'Text that makes the encoded frame exactly so many bytes.' },
      $altered: described(built, 'Text of the same shape, with another value.'),
      $now: { enum: ['ms', 'rfc3339'], description: 'The present.' },
      $as: described(referenceTo('captureName'), 'Names the value that is sent.'),
    },
  };
}

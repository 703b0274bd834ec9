import { nearest } from '../documents/nearest.ts';
import type { Span } from '../foundation/span.ts';
import type { Environment } from './expression.ts';

/** The operators of patterns and the builders of sent values (language, section 3). */
export const patternOperators = [
  '$any',
  '$absent',
  '$string',
  '$integer',
  '$number',
  '$boolean',
  '$array',
  '$object',
  '$time',
  '$oneOf',
  '$not',
  '$exact',
  '$set',
  '$contains',
  '$each',
  '$json',
  '$base64',
  '$hex',
  '$after',
  '$as',
] as const;

export const builders = [
  '$absent',
  '$json',
  '$base64',
  '$hex',
  '$repeat',
  '$fill',
  '$altered',
  '$now',
  '$as',
  '$payload',
] as const;

/** The name of an operator without arguments, if the text is one: `$any`. */
export function operatorName(text: string): string | undefined {
  return text.startsWith('$') && /^\$[A-Za-z][\w-]*$/.test(text) ? text : undefined;
}

export function reportUnknownOperator(
  name: string,
  known: readonly string[],
  what: string,
  span: Span,
  environment: Environment,
): void {
  const near = nearest(name, known);
  environment.report({
    code: 'unknown-operator',
    message: `expected ${what}, ${name} came`,
    span,
    suggestion:
      near === undefined
        ? `known are ${known.join(', ')}; write $${name} for the text ${name}`
        : `did you mean ${near}? Write $${name} for the text ${name}`,
  });
}

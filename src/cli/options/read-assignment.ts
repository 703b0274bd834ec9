import { InvalidArgumentError } from '@commander-js/extra-typings';

export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** `name=value`; the value is all behind the first `=`. */
function readAssignment(text: string): Assignment {
  const equals = text.indexOf('=');
  if (equals > 0) return { name: text.slice(0, equals), value: text.slice(equals + 1) };
  throw new InvalidArgumentError('Expected name=value.');
}

export function collectAssignment(text: string, previous: readonly Assignment[] = []): readonly Assignment[] {
  return [...previous, readAssignment(text)];
}

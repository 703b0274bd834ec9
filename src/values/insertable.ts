import type { Value } from '../foundation/value.ts';

/** Numbers, booleans and text can stand in text (language, section 3). */
export function isInsertable(value: Value): value is string | number | bigint | boolean {
  return (
    typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
  );
}

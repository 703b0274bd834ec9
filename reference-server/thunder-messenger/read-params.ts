import type { ThunderBehaviour } from './context.ts';
import { isObject } from './params.ts';

/** What the method's reader makes of the parameters; faults are more generous. */
export function readParams<Params>(
  behaviour: ThunderBehaviour,
  given: unknown,
  read: (params: unknown) => Params | undefined,
): Params | undefined {
  const params = read(given);
  if (params !== undefined || !isObject(given)) return params;
  const members = Object.entries(given);

  const lowered = read(Object.fromEntries(members.map(([name, value]) => [name.toLowerCase(), value])));
  if (lowered !== undefined && behaviour.fires('members-without-case')) return lowered;

  const converted = read(
    Object.fromEntries(members.map(([name, value]) => [name, isText(value) ? value : asText(value)])),
  );
  if (converted !== undefined && behaviour.fires('types-converted')) return converted;

  const filled = read(Object.fromEntries(members.map(([name, value]) => [name, value === '' ? 'nameless' : value])));
  return filled !== undefined && behaviour.fires('empty-names-accepted') ? filled : undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || Array.isArray(value);
}

function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

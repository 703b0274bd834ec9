/** Other ways to write the same frame. */
import type { TinodeBehaviour } from './context.ts';

export function varyText(behaviour: TinodeBehaviour, written: string): string {
  let text = written;
  if (isFrame(text) && behaviour.varies('extra-members')) text = withMore(text);
  if (behaviour.isOn('times-in-nanoseconds') && text !== withLongTimes(text)) {
    behaviour.varies('times-in-nanoseconds');
    text = withLongTimes(text);
  }
  if (isFrame(text) && behaviour.varies('members-reordered'))
    text = JSON.stringify(reversed(JSON.parse(text)), null, 1);
  if (isFrame(text) && behaviour.varies('letters-escaped')) text = escaped(text);
  return text;
}

/** The answer to a probe is none. */
function isFrame(text: string): boolean {
  return text.startsWith('{');
}

function withMore(text: string): string {
  const frame: Record<string, object> = JSON.parse(text);
  const kinds = Object.entries(frame).map(([kind, body]) => [kind, { ...body, 'x-note': 'not in the protocol' }]);
  return JSON.stringify(Object.fromEntries(kinds));
}

function withLongTimes(text: string): string {
  if (!isFrame(text)) return text;
  return JSON.stringify(
    JSON.parse(text, (name, value) =>
      timeNames.includes(name) && typeof value === 'string' ? lengthen(value) : value,
    ),
  );
}

/** `…:35.55Z` and `…:35Z` are `…:35.550000000Z` and `…:35.000000000Z`. */
function lengthen(time: string): string {
  const [whole = '', fraction = ''] = time.replace(/Z$/, '').split('.');
  return `${whole}.${fraction.padEnd(nanosecondDigits, '0')}Z`;
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, reversed(member)] as const);
  return Object.fromEntries(members.toReversed());
}

/** The digits of an escape stay as they are. */
function escaped(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"/g, string =>
    string.replaceAll(/\\u[0-9a-f]{4}|e/g, found => (found === 'e' ? String.raw`\u0065` : found)),
  );
}

const timeNames = ['ts', 'created', 'updated', 'touched', 'deleted', 'when', 'expires'];
const nanosecondDigits = 9;

/** The members of a request, each asked for as what it should be. */
import { type JsonSource, kindOf, membersOf } from '../core/json-source.ts';
import type { SocketChatBehaviour } from './context.ts';

/** Thrown by every reader that does not find what it needs; the message says what that is. */
export class Missing extends Error {}

export interface Members {
  /** Undefined if it is not there, or no text. */
  text(name: string): string | undefined;
  needed(name: string): string;
  /** Text that is not empty. Registration: none of the keys can be null; to be missing or empty is as bad. */
  filled(name: string): string;
  /** Undefined for null as for what was left out. */
  orNull(name: string): string | undefined;
  number(name: string): JsonSource;
  object(name: string): Members;
  lacks(...names: readonly string[]): boolean;
}

export function readMembers(object: JsonSource, behaviour: SocketChatBehaviour): Members {
  const members = membersOf(object);
  const text = (name: string): string | undefined => {
    const source = members.get(name);
    return source !== undefined && kindOf(source) === 'text' ? (JSON.parse(source) as string) : undefined;
  };
  const needed = (name: string): string => {
    const value = text(name);
    if (value === undefined) throw new Missing(`${name} should be text`);
    return value;
  };
  return {
    text,
    needed,
    lacks: (...names) => names.some(name => !members.has(name)),
    filled(name) {
      const source = members.get(name);
      if (source === 'null' && behaviour.fires('null-key-accepted')) return '';
      if (source === undefined && behaviour.fires('missing-key-accepted')) return '';
      const value = needed(name);
      if (value === '') throw new Missing(`${name} should not be empty`);
      return value;
    },
    orNull(name) {
      const source = members.get(name);
      return source === undefined || source === 'null' ? undefined : needed(name);
    },
    number(name) {
      const source = members.get(name);
      if (source === undefined || kindOf(source) !== 'number') throw new Missing(`${name} should be a number`);
      return source;
    },
    object(name) {
      const source = members.get(name);
      if (source === undefined || kindOf(source) !== 'object') throw new Missing(`${name} should be an object`);
      return readMembers(source, behaviour);
    },
  };
}

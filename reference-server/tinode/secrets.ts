/** The scheme basic: login names are the same in any case; what a name and a password must be like. */
import { type BasicSecret, splitBasicSecret } from '../tinode-core/secrets.ts';

export function readSecret(secret: Buffer | undefined): BasicSecret | undefined {
  const split = splitBasicSecret(secret?.toString() ?? '');
  return split && { ...split, login: split.login.toLowerCase() };
}

export function mayBeLogin(login: string): boolean {
  const { length } = [...login];
  return length >= leastLoginLetters && length <= mostLoginLetters && loginPattern.test(login);
}

export function mayBePassword(password: string): boolean {
  return [...password].length >= leastPasswordLetters;
}

const loginPattern = /^[\p{L}\p{N}][_.\p{L}\p{N}]*[\p{L}\p{N}]$/u;
const leastLoginLetters = 4;
const mostLoginLetters = 32;
const leastPasswordLetters = 6;

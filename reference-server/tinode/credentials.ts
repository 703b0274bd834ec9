/** Ways to reach a user, which have to be confirmed. The one method that there is, if any, is email; one response confirms any address. */
import type { Account } from './account.ts';
import type { AnswerName } from './answers.ts';
import type { Context } from './context.ts';
import type { CredentialGiven } from './requests.ts';

export const rightResponse = '123456';

/** Of methods that this server has, and with a value; of several of one method the last. */
export function usableCredentials({ profile }: Context, given: readonly CredentialGiven[] = []): CredentialGiven[] {
  const known = given.filter(({ meth, val }) => profile.validatesEmail && meth === 'email' && val);
  return known.slice(-1);
}

export function methodsGiven(given: readonly CredentialGiven[]): string[] {
  return given.map(({ meth = '' }) => meth);
}

/** What an account of this level needs besides these. */
export function missingMethods({ profile }: Context, { level }: Account, methods: readonly string[]): string[] {
  const required = profile.validatesEmail && level === 'auth' ? ['email'] : [];
  return required.filter(method => !methods.includes(method));
}

export function confirmedMethods({ credentials }: Account): string[] {
  return credentials.filter(({ isDone }) => isDone).map(({ method }) => method);
}

export function readsAsEmail(value: string): boolean {
  return value.length <= mostEmailLetters && emailPattern.test(value);
}

/** Takes a new address, to be confirmed later; it stands in the place of an earlier one that was not. Returns why not. */
export function addCredential(
  { accounts, profile }: Context,
  account: Account,
  { meth, val = '', resp }: CredentialGiven,
): AnswerName | undefined {
  if (!profile.validatesEmail || meth !== 'email') return undefined;
  if (resp) return 'authenticationFailed';
  const value = val.toLowerCase();
  const isTaken = accounts
    .all()
    .some(({ credentials }) => credentials.some(each => each.isDone && each.value === value));
  if (isTaken) return 'duplicateCredential';
  const kept = account.credentials.filter(({ isDone }) => isDone);
  account.credentials = [...kept, { method: 'email', value, isDone: false, failures: 0 }];
  return undefined;
}

/** What a response leads to. */
export type Confirmation = 'confirmed' | 'wrong' | 'none-pending' | 'too-many-tries';

export function confirmCredential(context: Context, account: Account, response: string): Confirmation {
  const pending = account.credentials.find(({ isDone }) => !isDone);
  if (!pending) return 'none-pending';
  if (pending.failures > mostFailures) return 'too-many-tries';
  if (response !== rightResponse && !context.behaviour.fires('any-response-confirms')) {
    pending.failures += 1;
    return 'wrong';
  }
  pending.isDone = true;
  const { accounts, nowMs } = context;
  accounts.remove(account);
  Object.assign(account, { tags: [...account.tags, `email:${pending.value}`], updatedMs: nowMs() });
  accounts.add(account);
  return 'confirmed';
}

const emailPattern = /^[^\s@<>,"]+@[^\s@<>,"]+$/;
const mostEmailLetters = 96;
const mostFailures = 3;

/** set cred and del cred: new ways to reach a user, confirmed ones, and those that are given up. */
import { retag } from './accounts.ts';
import type { AnswerName } from './answers.ts';
import { answer, type Context, type UserCall } from './context.ts';
import { addCredential, type Confirmation, confirmCredential } from './credentials.ts';
import type { CredentialGiven } from './requests.ts';
import { tellAttached } from './tell.ts';
import type { Topic } from './topic.ts';

export function setCredential(context: Context, call: UserCall, topic: Topic, given: CredentialGiven): void {
  if (topic.kind !== 'me') return answer(context, call, 'notAllowed');
  const account = context.accounts.withId(call.user)!;
  if (!given.resp) return answer(context, call, addCredential(context, account, given) ?? 'ok');
  // Of a method that this server does not have there is nothing to confirm.
  if (!context.profile.validatesEmail || given.meth !== 'email') return answer(context, call, 'ok');
  const confirmation = confirmCredential(context, account, given.resp);
  if (confirmation === 'confirmed') tellAttached(context, topic, { what: 'tags' });
  answer(context, call, confirmationAnswers[confirmation]);
}

const confirmationAnswers: Readonly<Record<Confirmation, AnswerName>> = {
  confirmed: 'ok',
  wrong: 'invalidResponse',
  'none-pending': 'notFound',
  'too-many-tries': 'policyViolation',
};

export function deleteCredential(context: Context, call: UserCall, topic: Topic, given: CredentialGiven): void {
  const { accounts, behaviour, profile } = context;
  if (topic.kind !== 'me') return answer(context, call, 'permissionDenied');
  const { meth, val } = given;
  if (!meth || !val || !profile.validatesEmail || meth !== 'email') return answer(context, call, 'malformed');
  const account = accounts.withId(call.user)!;
  // One that is needed must be left.
  const isSpare = account.credentials.some(({ isDone, value }) => isDone !== (value === val));
  const isNeeded = account.level === 'auth' && !isSpare;
  if (isNeeded && !behaviour.fires('needed-credential-deleted')) return answer(context, call, 'policyViolation');
  const found = account.credentials.find(({ value }) => value === val);
  if (!found) return answer(context, call, 'noAction');

  account.credentials = account.credentials.filter(each => each !== found);
  const tag = `email:${val}`;
  const kept = account.tags.filter(each => each !== tag);
  retag(context, account, kept);
  tellAttached(context, topic, { what: 'tags' });
  answer(context, call, 'ok');
}

/** acc for a user who is there: another password or login name, new credentials, suspension. */
import { readsAsUser } from '../tinode-core/topic-name.ts';
import type { Account } from './account.ts';
import type { AnswerName } from './answers.ts';
import { answer, type Call, type Context } from './context.ts';
import { addCredential } from './credentials.ts';
import { evictFromServer } from './evict-sessions.ts';
import { accountHappened } from './plugin-events.ts';
import type { BodyOf } from './requests.ts';
import { mayBeLogin, mayBePassword, readSecret } from './secrets.ts';

export const stateWords: readonly string[] = ['ok', 'susp'];

export function changeAccount(context: Context, call: Call, body: BodyOf<'acc'>): void {
  const { accounts } = context;
  const { session } = call;
  if (body.tmpscheme) return changeByCode(context, call, body);
  if (session.user === undefined) return answer(context, call, 'permissionDenied');
  const isOther = body.user !== undefined && body.user !== '' && body.user !== call.user;
  if (isOther && session.level !== 'root') return answer(context, call, 'permissionDenied');
  const id = isOther ? body.user! : (call.user ?? '');
  if (!readsAsUser(id)) return answer(context, call, 'malformed');
  if (body.status && session.level !== 'root') return answer(context, call, 'permissionDenied');
  const account = accounts.withId(id);
  if (!account) return answer(context, call, 'notFound');
  const refusal = change(context, account, body);
  if (refusal) return answer(context, call, refusal);
  answer(context, call, 'ok', { params: null });
  accountHappened(context, 'update', account);
}

/** Who has lost the password has a code in its place. No code is right here: nobody reads the mail. */
function changeByCode(context: Context, call: Call, body: BodyOf<'acc'>): void {
  const { tmpscheme, tmpsecret } = body;
  if (call.session.user !== undefined) return answer(context, call, 'alreadyAuthenticated');
  if (tmpscheme !== 'code') return answer(context, call, 'unknownScheme');
  const params = { what: 'auth' };
  const [code = '', ...credential] = (tmpsecret?.toString() ?? '').split(':');
  if (credential.length === 0) return answer(context, call, 'malformed', { params });
  const user = context.codes.redeem(credential.join(':'), code);
  if (user === undefined) return answer(context, call, 'authenticationFailed', { params });
  const account = context.accounts.withId(user);
  if (!account) return answer(context, call, 'notFound');
  const refusal = changeSecret(context, account, body);
  answer(context, call, refusal ?? 'ok', refusal ? {} : { params: null });
  if (!refusal) accountHappened(context, 'update', account);
}

function change(context: Context, account: Account, body: BodyOf<'acc'>): AnswerName | undefined {
  if (body.scheme) return changeSecret(context, account, body);
  if (body.cred && body.cred.length > 0) {
    const failures = body.cred.map(each => addCredential(context, account, each));
    return failures.find(failure => failure !== undefined);
  }
  return body.status ? changeState(context, account, body.status) : 'malformed';
}

function changeSecret(context: Context, account: Account, { scheme, secret }: BodyOf<'acc'>): AnswerName | undefined {
  if (scheme === 'anonymous') return undefined;
  if (scheme === 'token' || scheme === 'code') return 'notImplemented';
  const given = scheme === 'basic' ? readSecret(secret) : undefined;
  if (!given) return 'malformed';
  if (account.login === '') return 'notFound';
  const login = given.login === '' ? account.login : given.login;
  if (login !== account.login) {
    if (!mayBeLogin(login)) return 'policyViolation';
    if (context.accounts.withLogin(login)) return 'duplicateCredential';
  }
  if (!mayBePassword(given.password)) return 'policyViolation';

  const { accounts } = context;
  const tags = [...account.tags.filter(tag => tag !== `basic:${account.login}`), `basic:${login}`];
  accounts.remove(account);
  Object.assign(account, { login, password: given.password, tags });
  accounts.add(account);
  return undefined;
}

function changeState(context: Context, account: Account, state: string): AnswerName | undefined {
  if (!stateWords.includes(state)) return 'malformed';
  const isSuspended = state === 'susp';
  if (account.isSuspended === isSuspended) return 'notModified';
  account.isSuspended = isSuspended;
  if (isSuspended) evictFromServer(context, account.id, {});
  return undefined;
}

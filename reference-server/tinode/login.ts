/** login: which user a session is of, by password or by a token from an earlier login. */
import { writeTime } from '../tinode-core/wire-time.ts';
import type { Account } from './account.ts';
import type { AnswerName } from './answers.ts';
import { answer, type Call, type Context, type Session } from './context.ts';
import { confirmCredential, confirmedMethods, missingMethods } from './credentials.ts';
import type { BodyOf } from './requests.ts';
import { readSecret } from './secrets.ts';

export function logIn(context: Context, call: Call, body: BodyOf<'login'>): void {
  if (body.scheme === 'reset') return resetPassword(context, call, body.secret?.toString() ?? '');
  const { behaviour } = context;
  const isAgain = call.session.user !== undefined;
  if (isAgain) return answer(context, call, behaviour.fires('second-login-confirmed') ? 'ok' : 'alreadyAuthenticated');
  const found = authenticate(context, body);
  if (typeof found === 'string') return answer(context, call, found);
  const { account } = found;
  const isShut = account.isSuspended && !behaviour.fires('suspended-logs-in');
  if (isShut) return answer(context, call, 'permissionDenied');

  const response = body.cred?.findLast(({ meth, resp }) => meth === 'email' && resp)?.resp;
  if (!found.isValidated && response && context.profile.validatesEmail) {
    const confirmation = confirmCredential(context, account, response);
    if (confirmation === 'none-pending') return answer(context, call, 'notFound');
    if (confirmation === 'too-many-tries') return answer(context, call, 'policyViolation');
  }
  const { name, params } = admit(context, call.session, account, found);
  answer(context, call, name, { params });
}

interface Authenticated {
  readonly account: Account;
  readonly isValidated: boolean;
}

export function authenticate(context: Context, { scheme, secret }: BodyOf<'login'>): Authenticated | AnswerName {
  switch (scheme) {
    case 'basic':
      return byPassword(context, secret);
    case 'token':
      return byToken(context, secret);
    case 'anonymous':
      return 'notImplemented';
    case 'code':
      // A code is good for another password, not for a session.
      return secret?.includes(':') ? 'authenticationFailed' : 'malformed';
    default:
      return 'unknownScheme';
  }
}

function byPassword({ accounts, behaviour }: Context, given: Buffer | undefined): Authenticated | AnswerName {
  const secret = readSecret(given);
  if (!secret) return 'malformed';
  const account = accounts.withLogin(secret.login);
  if (!account) return behaviour.fires('unknown-login-told') ? 'userNotFound' : 'authenticationFailed';
  const isRight = account.password === secret.password || behaviour.fires('any-password-taken');
  if (!isRight) return 'authenticationFailed';
  return { account, isValidated: false };
}

function byToken({ accounts, nowMs, tokens }: Context, secret: Buffer | undefined): Authenticated | AnswerName {
  if (!secret || secret.length < tokenBytes) return 'malformed';
  const token = tokens.find(secret.subarray(0, tokenBytes).toString('base64'), nowMs());
  const account = token && accounts.withId(token.user);
  if (!token) return 'authenticationFailed';
  return account ? { account, isValidated: token.about.isValidated } : 'userNotFound';
}

interface Admitted {
  readonly name: AnswerName;
  readonly params: object;
}

/** From here on the session is the user's, unless a credential still has to be confirmed. Returns what is answered. */
export function admit(
  context: Context,
  session: Session,
  account: Account,
  { isValidated }: { readonly isValidated: boolean },
): Admitted {
  const { nowMs, tokens } = context;
  const missing = isValidated ? [] : missingMethods(context, account, confirmedMethods(account));
  const isIn = missing.length === 0;
  if (isIn || context.behaviour.fires('unverified-logged-in'))
    Object.assign(session, { user: account.id, level: account.level });
  const token = tokens.issue(account.id, nowMs(), { level: account.level, isValidated: isIn });
  const params = {
    user: account.id,
    authlvl: account.level,
    cred: isIn ? undefined : missing,
    token: token.secret,
    expires: writeTime(token.expiresMs),
  };
  return { name: isIn ? 'ok' : 'validateCredentials', params };
}

/** A code is mailed to who has the address. Whether anybody has it is not told. */
function resetPassword(context: Context, call: Call, secret: string): void {
  const [scheme = '', method = '', value] = secret.split(':');
  if (value === undefined) return answer(context, call, 'malformed');
  const isKnown = schemes.includes(scheme) && methods.includes(method);
  if (!isKnown) return answer(context, call, 'notImplemented');
  const has = ({ credentials }: Account) => credentials.some(each => each.isDone && each.value === value);
  const account = context.accounts.all().find(has);
  if (account) context.codes.issue(`${method}:${value}`, account.id);
  else if (context.behaviour.fires('reset-tells-who-is-known')) return answer(context, call, 'userNotFound');
  answer(context, call, 'authReset');
}

const methods = ['email', 'tel'];
const schemes = ['basic', 'token', 'anonymous', 'code'];
export const tokenBytes = 50;

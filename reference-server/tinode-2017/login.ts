/** login: which user a session is of, by password or by a token from an earlier login. */
import type { Account } from '../tinode-core/account-store.ts';
import { readBasicSecret } from '../tinode-core/secrets.ts';
import type { Token } from '../tinode-core/token-store.ts';
import { writeTime } from '../tinode-core/wire-time.ts';
import { answer, type Call, type Context, type Session } from './context.ts';
import { writeLocalTime } from './frames.ts';
import { announce } from './presence.ts';
import type { RequestOf } from './requests.ts';

export function logIn(context: Context, call: Call<Session>, { id, scheme, secret }: RequestOf<'login'>): void {
  const { behaviour } = context;
  const { session } = call;
  if (session.user !== undefined && !behaviour.fires('login-again-accepted')) {
    return answer(context, call, id, 'alreadyAuthenticated');
  }
  const token = scheme === 'token' ? findToken(context, secret) : undefined;
  const account = token ? context.accounts.withId(token.user) : findByPassword(context, scheme, secret);
  if (!account || (session.hasFailed && behaviour.fires('failed-login-is-final'))) {
    if (behaviour.isOn('failed-login-is-final')) session.hasFailed = true;
    return answer(context, call, id, 'authenticationFailed');
  }

  const params = { user: account.id, ...admit(context, session, account, token) };
  answer(context, call, id, 'loggedIn', { params });
  if (behaviour.fires('on-at-login')) announce(context, call.outbox, { what: 'on', src: account.id });
}

/** From here on the session is the user's. Returns what it may log in with later; a token that it came with stays good. */
export function admit(context: Context, session: Session, account: Account, token?: Token) {
  const { behaviour, nowMs, tokens } = context;
  if (behaviour.isOn('three-sessions-each')) endOldest(context, account);
  session.user = account.id;
  const kept = token && !behaviour.varies('tokens-issued-anew') ? token : tokens.issue(account.id, nowMs(), undefined);
  const write = behaviour.varies('times-in-local-zone') ? writeLocalTime : writeTime;
  const secret = behaviour.fires('token-no-base64') ? tokenWord + kept.secret : kept.secret;
  return { token: secret, expires: write(kept.expiresMs) };
}

/** For a fault: there is room for three sessions of a user. */
function endOldest({ behaviour, sessions }: Context, { id }: Account): void {
  const [oldest, ...others] = [...sessions.values()].filter(({ user }) => user === id);
  if (oldest && others.length >= 2 && behaviour.fires('three-sessions-each')) oldest.user = undefined;
}

function findToken({ behaviour, nowMs, tokens }: Context, secret: string): Token | undefined {
  const bare = behaviour.isOn('token-no-base64') ? secret.replace(tokenWord, '') : secret;
  const token = tokens.find(bare, nowMs());
  return token && behaviour.fires('token-refused') ? undefined : token;
}

function findByPassword({ accounts, behaviour }: Context, scheme: string, text: string): Account | undefined {
  const secret = scheme === 'basic' ? readBasicSecret(text) : undefined;
  const account = secret && accounts.withLogin(secret.login);
  if (!account || account.password === secret.password) return account;
  return behaviour.fires('any-password-taken') ? account : undefined;
}

const tokenWord = 'token:';

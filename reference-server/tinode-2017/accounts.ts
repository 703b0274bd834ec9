/** acc: new accounts. */
import type { Account } from '../tinode-core/account-store.ts';
import { readBasicSecret } from '../tinode-core/secrets.ts';
import { idBytes, writeUserId } from '../tinode-core/topic-name.ts';
import { answer, type Call, type Context, type Session } from './context.ts';
import { describeAccount } from './descriptions.ts';
import { admit } from './login.ts';
import type { RequestOf } from './requests.ts';

export function createAccount(context: Context, call: Call<Session>, request: RequestOf<'acc'>): void {
  const { accounts, behaviour } = context;
  const { id, scheme, tags, login } = request;
  const isIn = call.session.user !== undefined;
  if (isIn && !behaviour.isOn('refused-account-made') && !behaviour.fires('account-made-while-authenticated')) {
    return answer(context, call, id, 'alreadyAuthenticated');
  }
  // Changing an account is not supported yet.
  if (request.user !== 'new') return answer(context, call, id, 'unsupported');
  const secret = scheme === 'basic' ? readBasicSecret(request.secret) : undefined;
  if (!secret) return answer(context, call, id, 'malformed');
  if (accounts.withLogin(secret.login) && !behaviour.fires('duplicate-account-made')) {
    return answer(context, call, id, 'duplicateCredential');
  }

  const kept = tags.length > 0 && behaviour.fires('tags-forgotten') ? [] : tags;
  const shows = isObject(request.public) || request.public === undefined || !behaviour.fires('public-must-be-object');
  const account = openAccount(context, {
    login: secret.login,
    password: passwordKept(context, secret.password),
    tags: kept,
    public: shows ? request.public : undefined,
  });
  if (isIn && behaviour.fires('refused-account-made')) return answer(context, call, id, 'alreadyAuthenticated');
  const logsIn = login || (!isIn && behaviour.fires('new-account-logged-in'));
  const description = describeAccount(context, account);
  const hidden = account.public !== undefined && behaviour.fires('public-missing-in-answer');
  const made = { user: account.id, desc: hidden ? { ...description, public: undefined } : description };
  const params = logsIn ? { ...made, authlvl: 'auth', ...admit(context, call.session, account) } : made;
  answer(context, call, id, 'created', { params });
}

function passwordKept({ behaviour }: Context, password: string): string {
  const small = password.toLowerCase();
  return small !== password && behaviour.fires('password-in-small-letters') ? small : password;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function openAccount(context: Context, given: Pick<Account, 'login' | 'password' | 'tags' | 'public'>): Account {
  const { accounts, behaviour, nowMs, randomBytes } = context;
  const atMs = nowMs();
  const account: Account = {
    ...given,
    id: idOfTwin(context, given.tags) ?? writeUserId(randomBytes(idBytes)),
    access: { auth: behaviour.varies('peers-may-approve') ? 'JRWPA' : 'JRWP', anon: 'N' },
    createdMs: atMs,
    updatedMs: atMs,
  };
  accounts.add(account);
  return account;
}

/** For a fault: the id of an account that has the same tags. */
function idOfTwin({ accounts, behaviour }: Context, tags: readonly string[]): string | undefined {
  const twin = accounts.withTags(tags).find(other => other.tags.join(' ') === tags.join(' '));
  return twin && behaviour.fires('id-given-twice') ? twin.id : undefined;
}

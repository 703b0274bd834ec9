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
  if (call.session.user !== undefined && !behaviour.fires('account-made-while-authenticated')) {
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
  const account = openAccount(context, { ...secret, tags: kept, public: request.public });
  const logsIn = login || (call.session.user === undefined && behaviour.fires('new-account-logged-in'));
  const made = { user: account.id, desc: describeAccount(context, account) };
  const params = logsIn ? { ...made, authlvl: 'auth', ...admit(context, call.session, account) } : made;
  answer(context, call, id, 'created', { params });
}

export function openAccount(
  { accounts, behaviour, nowMs, randomBytes }: Context,
  given: Pick<Account, 'login' | 'password' | 'tags' | 'public'>,
): Account {
  const atMs = nowMs();
  const account: Account = {
    ...given,
    id: writeUserId(randomBytes(idBytes)),
    access: { auth: behaviour.varies('peers-may-approve') ? 'JRWPA' : 'JRWP', anon: 'N' },
    createdMs: atMs,
    updatedMs: atMs,
  };
  accounts.add(account);
  return account;
}

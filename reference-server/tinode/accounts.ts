/** acc for a new user. */
import { readMode } from '../tinode-core/access-mode.ts';
import { idBytes, writeUserId } from '../tinode-core/topic-name.ts';
import { writeTime } from '../tinode-core/wire-time.ts';
import type { Account, Credential, Level } from './account.ts';
import { stateWords } from './account-changes.ts';
import type { AnswerName } from './answers.ts';
import { answer, type Call, type Context } from './context.ts';
import { addCredential, methodsGiven, missingMethods, readsAsEmail, usableCredentials } from './credentials.ts';
import { admit } from './login.ts';
import { isCleared } from './merge.ts';
import { accountAccess, asPairMode, ownMode } from './modes.ts';
import { accountHappened } from './plugin-events.ts';
import type { AccessChange, BodyOf } from './requests.ts';
import { mayBeLogin, mayBePassword, readSecret } from './secrets.ts';
import { hasProtectedTags, readTags } from './tags.ts';
import { createSubscription } from './topic.ts';

interface Refusal {
  readonly name: AnswerName;
  readonly params?: object;
}

export function createAccount(context: Context, call: Call, body: BodyOf<'acc'>): void {
  const refusal = refuse(context, call, body);
  if (refusal) return answer(context, call, refusal.name, refusal);

  const account = openAccount(context, accountFrom(context, body), body.desc?.private);
  const failed = addCredentials(context, account, body);
  if (failed) {
    context.accounts.remove(account);
    return answer(context, call, failed.name, failed);
  }
  const { createdMs, updatedMs, access } = account;
  const described = {
    created: writeTime(createdMs),
    updated: writeTime(updatedMs),
    defacs: access,
    public: account.public,
    private: uncleared(body.desc?.private),
  };
  if (body.login) {
    const { name, params } = admit(context, call.session, account, { isValidated: false });
    answer(context, call, name, { params: { ...params, desc: described } });
  } else {
    const params = { user: account.id, authlvl: account.level, desc: described };
    answer(context, call, 'created', { params });
  }
  accountHappened(context, 'create', account);
}

function refuse(context: Context, call: Call, body: BodyOf<'acc'>): Refusal | undefined {
  const { accounts, behaviour, limits } = context;
  if (body.login && call.session.user !== undefined) return { name: 'alreadyAuthenticated' };
  const refused = refuseSecret({ accounts }, body);
  if (refused) return refused;
  const isRoot = call.level === 'root' || (body.status !== undefined && behaviour.fires('state-by-anybody'));
  if (body.status && !isRoot) return { name: 'permissionDenied', params: { what: 'state' } };
  if (body.status && !stateWords.includes(body.status)) return { name: 'malformed' };
  if (hasProtectedTags(context, readTags(body.tags ?? [], limits.tags))) {
    return { name: 'permissionDenied', params: { what: 'tags' } };
  }
  const wrong = usableCredentials(context, body.cred).find(({ val = '' }) => !readsAsEmail(val));
  if (wrong) return { name: 'malformed', params: { what: wrong.meth } };
  const secret = body.scheme === 'basic' ? readSecret(body.secret) : undefined;
  const isShort = secret !== undefined && !mayBePassword(secret.password);
  return isShort && !behaviour.fires('short-password-taken') ? { name: 'policyViolation' } : undefined;
}

function refuseSecret({ accounts }: Pick<Context, 'accounts'>, body: BodyOf<'acc'>): Refusal | undefined {
  const params = { what: 'auth' };
  switch (body.scheme) {
    case 'anonymous':
      return undefined;
    case 'basic': {
      const secret = readSecret(body.secret);
      if (!secret) return { name: 'malformed', params };
      if (!mayBeLogin(secret.login)) return { name: 'policyViolation', params };
      return accounts.withLogin(secret.login) ? { name: 'duplicateCredential', params } : undefined;
    }
    case 'token':
    case 'code':
      return { name: 'notImplemented', params };
    default:
      return { name: 'malformed' };
  }
}

export interface AccountGiven {
  readonly login: string;
  readonly password: string;
  readonly level: Level;
  readonly tags: readonly string[];
  readonly access?: Account['access'];
  readonly public?: unknown;
  readonly isSuspended?: boolean;
  readonly credentials?: readonly Credential[];
}

function accountFrom(context: Context, body: BodyOf<'acc'>): AccountGiven {
  const tags = readTags(body.tags ?? [], context.limits.tags);
  const secret = body.scheme === 'basic' ? readSecret(body.secret) : undefined;
  return {
    login: secret?.login ?? '',
    password: secret?.password ?? '',
    level: secret ? 'auth' : 'anon',
    tags,
    access: accessFrom(context, body.desc?.defacs),
    public: uncleared(body.desc?.public),
    isSuspended: body.status === 'susp',
  };
}

/** What is given is cut to what two users may grant each other. */
function accessFrom({ profile }: Context, given: AccessChange | undefined): Account['access'] {
  const read = (text: string | undefined, standard: string) => {
    const mode = text ? readMode(text) : undefined;
    if (mode === undefined) return text ? asPairMode(profile, standard) : standard;
    return mode === 'N' ? mode : asPairMode(profile, mode);
  };
  return { auth: read(given?.auth, accountAccess(profile)), anon: read(given?.anon, 'N') };
}

/** Everybody has me and fnd from the start. */
export function openAccount(context: Context, given: AccountGiven, kept?: unknown): Account {
  const { accounts, profile, topics, nowMs, randomBytes } = context;
  const atMs = nowMs();
  const account: Account = {
    access: { auth: accountAccess(profile), anon: 'N' },
    public: undefined,
    isSuspended: false,
    credentials: [],
    ...given,
    tags: given.login === '' ? given.tags : [...given.tags, `basic:${given.login}`],
    trusted: undefined,
    id: writeUserId(randomBytes(idBytes)),
    createdMs: atMs,
    updatedMs: atMs,
  };
  accounts.add(account);
  topics.join(topics.me(account.id), account.id, createSubscription(ownMode, ownMode, atMs, uncleared(kept)));
  topics.join(topics.fnd(account.id), account.id, createSubscription(ownMode, ownMode, atMs, undefined));
  return account;
}

function addCredentials(context: Context, account: Account, { cred }: BodyOf<'acc'>): Refusal | undefined {
  const given = usableCredentials(context, cred);
  const missing = missingMethods(context, account, methodsGiven(given));
  if (missing.length > 0) return { name: 'policyViolation', params: { creds: missing } };
  for (const each of given) {
    const failed = addCredential(context, account, each);
    if (failed) return { name: failed };
  }
  return undefined;
}

/** The account is found by these tags from now on. */
export function retag(
  { accounts, nowMs }: Pick<Context, 'accounts' | 'nowMs'>,
  account: Account,
  tags: readonly string[],
): void {
  accounts.remove(account);
  Object.assign(account, { tags, updatedMs: nowMs() });
  accounts.add(account);
}

function uncleared(value: unknown): unknown {
  return isCleared(value) ? undefined : value;
}

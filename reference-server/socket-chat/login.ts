/** FORMAT.md, Login and Log-Out. */
import type { Outbox } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import type { Account } from './accounts.ts';
import type { Call, Context } from './context.ts';
import type { FaultName } from './faults.ts';
import type { Login } from './requests.ts';

export function logIn(context: Context, connection: ConnectionId, outbox: Outbox, login: Login): void {
  const { behaviour, faultMemory, mailboxes, registry, replies } = context;
  const account = findAccount(context, login);
  const admitted =
    account && (account.password === login.password || behaviour.fires('login-without-password')) ? account : undefined;
  if (!admitted) {
    outbox.send([connection], replies.error('failed', 'login', 'there is no account with these credentials'));
    return;
  }
  if (registry.connectionsOf([admitted.email]).length > 0 && behaviour.varies('one-login-at-a-time')) {
    outbox.send([connection], replies.error('failed', 'login', 'this account is logged in already'));
    return;
  }
  registry.bind(connection, { user: admitted.email, device: String(connection), account: admitted });
  faultMemory.verifiedConnections.delete(connection);
  outbox.send([connection], replies.loggedIn(nameAsAsked(context, admitted, login), listFriends(context, admitted)));
  const waiting = mailboxes.take(admitted.email);
  for (const frame of waiting) outbox.send([connection], frame);
  if (behaviour.isOn('kept-messages-repeated')) for (const frame of waiting) mailboxes.keep(admitted.email, frame);
  if (waiting.length > 0) behaviour.fires('kept-messages-repeated');
}

export function logOut(context: Context, { connection, outbox }: Call): void {
  const { behaviour, calls, registry, replies } = context;
  calls.leave(connection, outbox);
  if (!behaviour.fires('logout-without-effect')) registry.release(connection);
  if (!behaviour.fires('logout-unanswered')) outbox.send([connection], replies.loggedOut());
  // Log-Out: the server does not end the connection.
  if (behaviour.fires('logout-closes')) outbox.close(connection, 0, 'logged out');
}

/** Where both are given they have to be of one account. */
function findAccount(context: Context, login: Login): Account | undefined {
  const { accounts, behaviour } = context;
  const { username, email } = login;
  const byUsername = username === undefined ? undefined : accounts.byUsername(username);
  const byEmail = email === undefined ? undefined : accounts.byEmail(email);
  // Requests that name nobody come here only by a fault.
  if (username === undefined && email === undefined) return findByPassword(context, login, 'login-by-password-alone');
  if (email === undefined && behaviour.fires('login-needs-email')) return undefined;
  if (username === undefined && behaviour.fires('login-needs-username')) return undefined;
  if (email === undefined || username === undefined)
    return byUsername ?? byEmail ?? findByPassword(context, login, 'unknown-name-overlooked');
  if (byUsername && byUsername === byEmail) return behaviour.fires('login-by-both-refused') ? undefined : byEmail;
  if (byEmail && behaviour.varies('email-decides')) return byEmail;
  return byUsername && behaviour.fires('username-decides') ? byUsername : undefined;
}

/** By a fault a password alone is enough. */
function findByPassword(
  { accounts, behaviour }: Context,
  { password }: Login,
  fault: Extract<FaultName, 'login-by-password-alone' | 'unknown-name-overlooked'>,
): Account | undefined {
  if (!behaviour.isOn(fault)) return undefined;
  const found = accounts.all().find(account => account.password === password);
  return found && behaviour.fires(fault) ? found : undefined;
}

/** As stored; a fault repeats what the request left out. */
function nameAsAsked({ behaviour }: Context, account: Account, { username, email }: Login): Account {
  if (username !== undefined && email !== undefined) return account;
  if (!behaviour.fires('login-echoes-request')) return account;
  return { ...account, username: username ?? account.email, email: email ?? `${account.username}@localhost` };
}

function listFriends({ accounts, behaviour }: Context, account: Account): readonly Account[] {
  let friends = accounts.friendsOf(account);
  if (behaviour.isOn('friends-are-all')) {
    const others = accounts.all().filter(other => other !== account);
    if (friends.length < others.length && behaviour.fires('friends-are-all')) friends = others;
  }
  const written = friends.filter(friend => accounts.hasWritten(account, friend));
  if (written.length < friends.length && behaviour.fires('friends-only-written-to')) friends = written;
  const heardOf = friends.filter(friend => accounts.hasWritten(friend, account));
  if (heardOf.length < friends.length && behaviour.fires('friends-only-heard-of')) friends = heardOf;
  const both = friends.filter(friend => heardOf.includes(friend) && written.includes(friend));
  if (both.length > 0 && behaviour.fires('friends-listed-twice')) friends = [...friends, ...both];
  return friends.length > 0 && behaviour.fires('friends-include-oneself') ? [...friends, account] : friends;
}

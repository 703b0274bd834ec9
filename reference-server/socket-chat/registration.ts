/** FORMAT.md, Registration: a request, a one-time password by mail, and its verification on the same connection. */
import type { Outbox } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import type { Context } from './context.ts';
import type { Registration } from './requests.ts';

export function register(context: Context, connection: ConnectionId, outbox: Outbox, registration: Registration): void {
  const { behaviour, oneTimePasswords, replies } = context;
  const isSecond = oneTimePasswords.waits(connection) && behaviour.fires('second-registration-refused');
  const why = isSecond ? 'a registration waits to be verified' : whyTaken(context, registration);
  if (why !== undefined) {
    outbox.send([connection], replies.error('failed', 'registration', why));
    return;
  }
  oneTimePasswords.issue(connection, registration);
  if (!behaviour.fires('registration-unanswered')) outbox.send([connection], replies.passwordSent(registration.email));
}

export function verify(context: Context, connection: ConnectionId, outbox: Outbox, password: string): void {
  const { accounts, behaviour, faultMemory, oneTimePasswords, replies } = context;
  const registration = oneTimePasswords.match(connection, password);
  const why = registration ? whyTakenMeanwhile(context, registration) : 'this is not the password that was sent';
  if (!registration || why !== undefined) {
    outbox.send([connection], replies.error('failed', 'verify', why ?? ''));
    return;
  }
  const replaced = oneTimePasswords.replaced(connection);
  oneTimePasswords.drop(connection);
  const { email, username, password: secret } = registration;
  accounts.add({ email, username, password: secret });
  if (replaced.length > 0 && behaviour.fires('replaced-registration-completed')) replaced.forEach(accounts.add);
  outbox.send([connection], replies.verified());
  // The note behind the section: whoever has registered is not logged in by that.
  if (behaviour.isOn('users-shown-after-verify')) faultMemory.verifiedConnections.add(connection);
}

function whyTaken({ accounts, behaviour }: Context, { email, username }: Registration): string | undefined {
  if (accounts.byEmail(email) && !behaviour.fires('same-email-accepted')) return `${email} is registered already`;
  if (accounts.byUsername(username) && !behaviour.fires('same-username-accepted'))
    return `the name ${username} is taken`;
  return undefined;
}

/** Somebody else may have been quicker. */
function whyTakenMeanwhile({ accounts, behaviour }: Context, { email, username }: Registration): string | undefined {
  if (accounts.byEmail(email) && !behaviour.fires('email-unchecked-by-verify')) return `${email} is registered already`;
  if (accounts.byUsername(username) && !behaviour.fires('username-unchecked-by-verify'))
    return `the name ${username} is taken`;
  return undefined;
}

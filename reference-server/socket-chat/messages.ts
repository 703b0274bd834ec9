/** FORMAT.md, Messages: to everybody, and to one. */
import type { Outbox } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import type { Account } from './accounts.ts';
import type { Call, Context } from './context.ts';
import type { Message } from './requests.ts';

export function sendMessage(context: Context, call: Call, message: Message): void {
  if (message.to === undefined) sendToAll(context, call, message);
  else sendToOne(context, call, message, message.to);
}

/** No response is sent, which says that nobody is told whether it worked. */
function sendToAll(context: Context, { account, connection, outbox }: Call, message: Message): void {
  const { behaviour, loggedIn, registry, replies } = context;
  const others = [...loggedIn].filter(other => registry.occupantOf(other)?.user !== account.email);
  const recipients = behaviour.fires('global-only-to-friends') ? others.filter(isFriend) : others;
  const from = behaviour.fires('global-address-made-up') ? `${account.username}@localhost` : account.email;
  outbox.send(recipients, replies.message(message, from, undefined));
  if (behaviour.fires('global-to-sender')) outbox.send([connection], replies.message(message, from, undefined));
  if (behaviour.fires('global-acknowledged')) outbox.send([connection], replies.acknowledged('global'));

  function isFriend(other: number): boolean {
    const { account: theirs } = registry.occupantOf(other)!;
    return context.accounts.friendsOf(account).includes(theirs);
  }
}

/** Only a fault delivers what nobody has sent who is logged in. */
export function sendOfStranger({ loggedIn, registry, replies }: Context, outbox: Outbox, message: Message): void {
  const { to } = message;
  const recipients = to === undefined ? [...loggedIn] : registry.connectionsOf([to]);
  outbox.send(recipients, replies.message(message, 'nobody@localhost', to === undefined ? undefined : 'm0'));
}

function sendToOne(context: Context, call: Call, message: Message, to: string): void {
  const { accounts, behaviour, mailboxes, registry, replies } = context;
  const { account, connection, outbox } = call;
  const recipient = accounts.byEmail(to);
  const id = nameMessage(context);
  if (!recipient) {
    const answer = behaviour.fires('unknown-recipient-acknowledged')
      ? replies.acknowledged(id)
      : replies.error('failed', 'message', `nobody is registered as ${to}`);
    outbox.send([connection], answer);
    return;
  }
  accounts.connect(account, recipient);
  const isNamedWrongly = recipient !== account && behaviour.fires('personal-names-recipient');
  const frame = replies.message(message, isNamedWrongly ? recipient.email : account.email, id);
  const online = registry.connectionsOf([recipient.email]);
  if (online.length === 0 && !behaviour.fires('offline-message-lost')) mailboxes.keep(recipient.email, frame);
  const isForgotten =
    online.length > 0
      ? message.media !== undefined && behaviour.fires('media-unacknowledged')
      : behaviour.fires('offline-message-unacknowledged');
  const acknowledged = replies.acknowledged(behaviour.fires('acknowledged-with-another-id') ? `${id}-sent` : id);
  // What the document leaves open: who hears of it first.
  const late = behaviour.varies('delivered-before-acknowledged');
  if (!isForgotten && !late) outbox.send([connection], acknowledged);
  outbox.send(whoReceives(context, call, recipient, online), frame);
  if (!isForgotten && late) outbox.send([connection], acknowledged);
}

function whoReceives(
  { accounts, behaviour, registry }: Context,
  call: Call,
  recipient: Account,
  online: readonly ConnectionId[],
): readonly ConnectionId[] {
  const friends = accounts.friendsOf(call.account).filter(friend => friend !== recipient);
  const leaks = registry.connectionsOf(friends.map(({ email }) => email));
  if (leaks.length > 0 && behaviour.fires('personal-to-all-friends')) return [...online, ...leaks];
  if (recipient !== call.account && behaviour.fires('personal-to-sender')) return [...online, call.connection];
  return online;
}

function nameMessage({ behaviour, nextNumber }: Context): string {
  const number = nextNumber();
  if (behaviour.fires('same-id-for-all')) return 'm';
  return behaviour.varies('ids-shaped-otherwise') ? `n° ${number} "☃" ${'x'.repeat(300)}` : `m${number}`;
}

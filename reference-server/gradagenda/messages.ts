/** Sections 3.2.6 and 3.3.3 of the GradAgenda specification: a message reaches every participant on every device. */
import type { JsonSource } from '../core/json-source.ts';
import type { ConnectionId } from '../core/registry.ts';
import type { ActionOf, Message } from './actions.ts';
import { includes, keysOf } from './announcements.ts';
import { answered, type Call, type Context, failed, type GradagendaBehaviour, type Outcome } from './context.ts';
import type { Session } from './session-store.ts';

/** The broadcast is the answer: the connection that sent the message gets it too. */
export function sendMessage(
  context: Context,
  call: Call,
  { session: id, message, timestamp }: ActionOf<'request-sending-a-message'>,
): Outcome {
  const { behaviour, frames, sessions } = context;
  const { actor, outbox } = call;
  // Section 3.1: no other type of message has been added yet.
  const isText = message.type === 'text' || behaviour.fires('not-text-type-accepted');
  if (!isText) return failed('the type of a message is "text"');

  const session = sessions.find(id.key);
  if (!session) return failed('no such session');
  if (!actor.anywhere && !includes(session.participants, actor.user) && !behaviour.fires('outsider-may-send')) {
    return failed('only participants may send to a session');
  }

  const broadcast = frames.messageBroadcast(session, actor.id, carry(behaviour, message), stamp(context, timestamp));
  if (!frames.fits(broadcast) && !behaviour.fires('oversize-frame-sent')) {
    return failed('with what a broadcast adds, the message does not fit into one frame');
  }
  const recipients = findRecipients(context, call, session);
  dispatch(context, call, recipients, broadcast);
  if (behaviour.fires('broadcast-twice')) outbox.send(recipients, broadcast);
  return answered;
}

/** Messages go out as they come. A fault holds each twentieth back until the next one has gone. */
function dispatch(
  { behaviour, faultMemory }: Context,
  { connection, outbox }: Call,
  to: readonly ConnectionId[],
  text: string,
): void {
  if (behaviour.isOn('twentieth-message-late')) {
    const count = (faultMemory.messageCounts.get(connection) ?? 0) + 1;
    faultMemory.messageCounts.set(connection, count);
    if (count % 20 === 0 && behaviour.fires('twentieth-message-late')) {
      faultMemory.heldMessages.set(connection, { to, text });
      return;
    }
  }
  outbox.send(to, text);
  const held = faultMemory.heldMessages.get(connection);
  if (held === undefined) return;
  outbox.send(held.to, held.text);
  faultMemory.heldMessages.delete(connection);
}

/** Who takes part. Faults see it otherwise. */
function findUsers({ behaviour, faultMemory, sessions }: Context, { actor }: Call, session: Session): Set<string> {
  const users = keysOf(session.participants);
  for (const user of faultMemory.removedUsers.get(session.id) ?? []) {
    if (!users.has(user) && behaviour.fires('broadcast-leaks-to-removed')) users.add(user);
  }
  for (const user of faultMemory.addedUsers.get(session.id) ?? []) {
    if (users.has(user) && behaviour.fires('added-user-hears-nothing')) users.delete(user);
  }
  if (behaviour.isOn('broadcast-leaks-to-contacts')) {
    for (const { participants } of sessions.mutableOf(actor.user)) {
      for (const { key } of participants) {
        if (!users.has(key) && behaviour.fires('broadcast-leaks-to-contacts')) users.add(key);
      }
    }
  }
  return users;
}

function findRecipients(context: Context, call: Call, session: Session): ConnectionId[] {
  const { behaviour, registry } = context;
  const { actor, connection } = call;
  const users = findUsers(context, call, session);
  let connections = registry.connectionsOf(users);
  if (behaviour.isOn('broadcast-misses-second-device')) {
    const first = [...users].flatMap(user =>
      user === actor.user ? [connection] : registry.connectionsOf([user]).slice(0, 1),
    );
    if (first.length < connections.length && behaviour.fires('broadcast-misses-second-device')) connections = first;
  }
  // Who may send without taking part does so by a fault, and is to see that it worked.
  if (!users.has(actor.user)) return [...connections, connection];
  if (behaviour.fires('broadcast-misses-sender-copy')) return connections.filter(other => other !== connection);
  return connections;
}

/** A message passes as its sender wrote it, with members that the specification does not name. */
function carry(behaviour: GradagendaBehaviour, { source, body }: Message): JsonSource {
  const end = body.indexOf('\0');
  if (end < 0 || !behaviour.fires('body-ends-at-nul')) return source;
  return JSON.stringify({ type: 'text', body: body.slice(0, end) });
}

/** A timestamp passes digit by digit: it is the sender's, and may be larger than a double holds exactly. */
function stamp({ behaviour, nowMs }: Context, timestamp: JsonSource): JsonSource {
  if (behaviour.fires('timestamp-restamped')) return String(nowMs());
  if (!behaviour.isOn('timestamp-loses-digits') || !/^-?\d+$/.test(timestamp)) return timestamp;
  const rounded = JSON.stringify(Number(timestamp));
  return rounded !== timestamp && behaviour.fires('timestamp-loses-digits') ? rounded : timestamp;
}

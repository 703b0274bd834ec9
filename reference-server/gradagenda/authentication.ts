/** Sections 2.1 and 3.2.1 of the GradAgenda specification. */
import { kindOf } from '../core/json-source.ts';
import type { Outbox } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import type { ActionOf } from './actions.ts';
import { type Actor, type Context, failed, type Outcome, succeeded } from './context.ts';

/** A connection may try again after a failure, as often as it likes. Only success replaces the device's older connection. */
export function authenticate(
  context: Context,
  connection: ConnectionId,
  outbox: Outbox,
  { user, device, token }: ActionOf<'authenticate'>,
): Outcome {
  const { behaviour, credentials, faultMemory, registry } = context;
  if (kindOf(user.source) === 'number' && behaviour.fires('number-ids-refused')) return failed('a user id is text');
  if (faultMemory.failedConnections.has(connection) && behaviour.fires('failed-auth-is-final'))
    return failed('failed before');

  const admitted =
    credentials.admit(user.key, token) ||
    (token === '' && behaviour.fires('empty-token-accepted')) ||
    (token !== '' && credentials.knows(user.key) && behaviour.fires('wrong-token-accepted'));
  if (!admitted) {
    if (behaviour.isOn('failed-auth-is-final')) faultMemory.failedConnections.add(connection);
    return failed('user and token do not match');
  }

  const isSecondDevice =
    registry.connectionsOf([user.key]).length > 0 && registry.connectionOf(user.key, device) === undefined;
  if (isSecondDevice && behaviour.fires('one-device-for-each-user')) return failed('connected with another device');

  const actor: Actor = { user: user.key, device: nameDevice(context, user.key, device, connection), id: user };
  const older = registry.bind(connection, actor);
  if (older !== undefined) outbox.close(older, replacedCode, 'this device has connected again');
  return succeeded;
}

function nameDevice({ behaviour, registry }: Context, user: string, device: string, connection: ConnectionId): string {
  const older = registry.connectionOf(user, device);
  const kept = older !== undefined && older !== connection && behaviour.fires('older-device-kept');
  return kept ? `${device}#${connection}` : device;
}

/**
 * The close code for a connection whose device has connected again. Of the range for private use, since no registered code says
 * this: 1008 would accuse a client that did nothing wrong, and 1000 would hide that its purpose is not fulfilled.
 */
const replacedCode = 4000;

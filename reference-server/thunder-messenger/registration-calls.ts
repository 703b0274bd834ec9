/** Sections "… notification", registration; what Thunder makes of it is in docs/protocols/thunder-messenger.md. */
import type { Outbox } from '../core/outbound.ts';
import type { Call, Context, Outcome } from './context.ts';
import { replayRooms, replayUsers } from './notify.ts';
import { type EventName, type Observer, roomidOf } from './observers.ts';
import { readRegistration } from './params.ts';

export function register(context: Context, { caller, params: given, outbox }: Call): Outcome {
  const { behaviour, observers } = context;
  const params = readRegistration(given);
  if (!params)
    return behaviour.fires('incomplete-registration-accepted') ? done(context) : { refusal: 'incompleteRegistration' };
  const observer = { connection: caller.connection, event: nameEvent(context, params.event), id: params.id };
  if (isTaken(context, observer)) return { refusal: 'failedRegistration' };
  // What would be sent to it could not arrive.
  if (!caller.hears) return done(context);

  const former = siblingOf(context, observer);
  if (former) observers.remove(former);
  observers.add(observer);
  replay(context, outbox, observer);
  return done(context);
}

export function unregister(context: Context, { caller, params: given }: Call): Outcome {
  const { behaviour, observers } = context;
  const params = readRegistration(given);
  if (!params) return { refusal: 'incompleteRegistration' };
  const wanted = { connection: caller.connection, ...params };
  const observer = observers.find(wanted);
  if (!observer && !behaviour.fires('never-registered-unregistered')) return { refusal: 'failedRegistration' };
  if (observer && !behaviour.fires('unregister-without-effect')) observers.remove(observer);
  for (const other of observers.ofConnection(caller.connection))
    if (other.id === params.id && behaviour.fires('unregister-ends-other-events')) observers.remove(other);
  return done(context);
}

function isTaken({ behaviour, faultMemory, observers }: Context, observer: Observer): boolean {
  if (faultMemory.formerIds.has(observer.id) && behaviour.fires('registrations-outlive-connections')) return true;
  if (observers.find(observer)) return !behaviour.fires('registered-twice');
  const sameClient = observers.ofConnection(observer.connection).some(other => clientOf(other) === clientOf(observer));
  return sameClient && behaviour.fires('one-event-for-a-client');
}

/** Another client id for the same event of the same roomid, on the same connection: the newer one takes its place. */
function siblingOf({ behaviour, observers }: Context, observer: Observer): Observer | undefined {
  if (observer.event === 'roomupdate') return undefined;
  const sibling = observers
    .ofConnection(observer.connection)
    .find(
      other => other.event === observer.event && other.id !== observer.id && roomidOf(other) === roomidOf(observer),
    );
  return sibling && !behaviour.varies('client-ids-side-by-side') ? sibling : undefined;
}

function replay(context: Context, outbox: Outbox, observer: Observer): void {
  if (observer.event === 'roomupdate') replayRooms(context, outbox, observer);
  if (observer.event !== 'userupdate') return;
  // Under a roomid that nobody has nothing ever follows.
  const member = context.rooms.memberOf(roomidOf(observer));
  if (member) replayUsers(context, outbox, observer, member);
}

/** A name that is no event registers for nothing. */
function nameEvent({ behaviour }: Context, event: string): string {
  const lowered = event.toLowerCase();
  return lowered !== event && eventNames.has(lowered) && behaviour.fires('events-without-case') ? lowered : event;
}

function clientOf({ id }: Observer): string {
  return id.slice(id.indexOf('.') + 1);
}

function done({ behaviour, generation }: Context): Outcome {
  return { result: generation.registered === null && behaviour.varies('zero-for-null') ? 0 : generation.registered };
}

const eventNames: ReadonlySet<string> = new Set<EventName>(['roomupdate', 'userupdate', 'message']);

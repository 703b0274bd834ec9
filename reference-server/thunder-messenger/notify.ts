/** Section "Notifications": to every registered observer, under the id that it gave. */
import type { Outbox } from '../core/outbound.ts';
import type { Context } from './context.ts';
import type { EventName, Observer } from './observers.ts';
import type { Member, Room } from './rooms.ts';

export function notifyRoom(
  context: Context,
  outbox: Outbox,
  { room, connection }: Member,
  action: 'created' | 'destroyed',
): void {
  const observers = context.observers.of('roomupdate');
  if (observers.length === 0) return;
  const isElsewhere = context.rooms.membershipsOf(connection).some(other => other.room !== room);
  if (isElsewhere && context.behaviour.fires(action === 'created' ? 'created-not-told' : 'destroyed-not-told')) return;
  const told = context.behaviour.fires('rooms-told-twice') ? observers.flatMap(each => [each, each]) : observers;
  const isObserver = observers.some(each => each.connection === connection);
  const reached =
    !isObserver && context.behaviour.fires('rooms-told-to-members') ? [...told, { ...told[0]!, connection }] : told;
  notify(context, outbox, 'roomupdate', reached, describeRoom(context, room, action));
}

/** Tells those who watch with the roomid of `watcher`, who is in the same room. */
export function notifyUser(
  context: Context,
  outbox: Outbox,
  watcher: Member,
  user: string,
  action: 'joined' | 'left',
): void {
  const observers = context.observers.of('userupdate', watcher.roomid);
  const twice = observers.length > 0 && context.behaviour.fires('users-told-twice');
  const told = twice ? observers.flatMap(each => [each, each]) : observers;
  notify(context, outbox, 'userupdate', told, { user, action });
}

export function notifyMessage(context: Context, outbox: Outbox, hearer: Member, user: string, message: string): void {
  notify(context, outbox, 'message', context.observers.of('message', hearer.roomid), { user, message });
}

/** Tells who has just registered of all that is there already: one notification for each room. */
export function replayRooms(context: Context, outbox: Outbox, observer: Observer): void {
  const { behaviour, observers, rooms } = context;
  const known = [...rooms.all()];
  if (known.length > 0 && behaviour.fires('rooms-not-replayed')) return;
  for (const room of known.slice(known.length > 1 && behaviour.fires('oldest-room-not-replayed') ? 1 : 0)) {
    const others = observers.of('roomupdate').filter(other => other !== observer);
    const repeated = others.length > 0 && behaviour.varies('replay-to-all') ? others : [];
    const action = behaviour.fires('rooms-replayed-as-destroyed') ? 'destroyed' : 'created';
    notify(context, outbox, 'roomupdate', [observer, ...repeated], describeRoom(context, room, action));
  }
}

/** One for each member of the room, in the order in which they joined. Whose roomid it is is a member too. */
export function replayUsers(context: Context, outbox: Outbox, observer: Observer, { room, user: own }: Member): void {
  const { behaviour } = context;
  const users = [...room.members.keys()];
  if (behaviour.fires('users-not-replayed')) return;
  const withoutSelf = behaviour.fires('oneself-not-replayed');
  const listed = users.filter(user => user !== own || !withoutSelf);
  for (const user of behaviour.varies('users-replayed-in-reverse') ? listed.reverse() : listed)
    notify(context, outbox, 'userupdate', [observer], { user, action: 'joined' });
}

function describeRoom({ behaviour }: Context, { name, secure }: Room, action: 'created' | 'destroyed') {
  const told = secure && !behaviour.fires('secure-rooms-told-as-insecure');
  return { room: name, action, secure: told ? 'secure' : 'insecure' };
}

function notify(
  context: Context,
  outbox: Outbox,
  event: EventName,
  observers: readonly Observer[],
  params: Readonly<Record<string, string>>,
): void {
  const { behaviour, frames } = context;
  const first = observers[0]?.connection;
  const elsewhere = observers.some(({ connection }) => connection !== first);
  const reached =
    elsewhere && event !== 'roomupdate' && behaviour.fires('one-session-only')
      ? observers.filter(({ connection }) => connection === first)
      : observers;
  for (const { connection, id } of reached)
    outbox.send([connection], frames.notification(designate(context, id, event), params));
}

/** The ids of userupdate and message begin with the roomid already. */
function designate({ behaviour }: Context, id: string, event: EventName): string {
  if (/[A-Z]/.test(id) && behaviour.fires('client-ids-in-lower-case')) return `${id.toLowerCase()}.${event}`;
  if (event !== 'userupdate') return `${id}.${event}`;
  if (behaviour.fires('roomid-left-out')) return `${id.replace(/^[^.]*\./, '')}.${event}`;
  return behaviour.fires('client-id-left-out') ? id.replace(/[^.]*$/, event) : `${id}.${event}`;
}

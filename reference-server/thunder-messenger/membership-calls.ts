/** Sections "join method", "leave method" and "send method". */
import type { Outbox } from '../core/outbound.ts';
import type { Call, Context, Outcome } from './context.ts';
import { notifyMessage, notifyRoom, notifyUser } from './notify.ts';
import { type JoinParams, readJoin, readLeave, readSend } from './params.ts';
import { readParams } from './read-params.ts';
import type { Member, Room } from './rooms.ts';
import { admits } from './security.ts';

export function join(context: Context, { caller, params: given, outbox }: Call): Outcome {
  const { behaviour, generation, rooms } = context;
  const params = readParams(behaviour, given, readJoin);
  if (!params) return { refusal: 'badRequest' };
  const about = describe(context, params, caller.origin);
  const room = rooms.find(about.key);
  if (!admits(context, about.key, room, params, caller.origin)) return { refusal: 'notAdmitted' };

  const known = room?.members.get(params.user) ?? findWithoutCase(behaviour, room, params.user);
  if (known && !behaviour.fires('joined-twice')) return { refusal: 'alreadyJoined' };
  const roomid = nameMembership(context, room, params);
  const member = rooms.join(about, params.user, caller.connection, roomid);
  if (!room || behaviour.fires('created-at-every-join')) notifyRoom(context, outbox, member.room, 'created');
  tellOthers(context, outbox, member, 'joined');
  return { result: behaviour.fires('roomid-as-object') ? { id: roomid } : generation.joined(roomid) };
}

export function leave(context: Context, { params: given, outbox }: Call): Outcome {
  const { behaviour, rooms } = context;
  const params = readParams(behaviour, given, readLeave);
  if (!params) return { refusal: 'badRequest' };
  const member = rooms.memberOf(params.roomid);
  if (!member) return behaviour.fires('unknown-roomid-left') ? { result: null } : { refusal: 'unknownRoomid' };
  depart(context, outbox, member);
  return { result: behaviour.fires('result-true') ? true : null };
}

export function send(context: Context, { params: given, outbox }: Call): Outcome {
  const { behaviour, rooms } = context;
  const params = readParams(behaviour, given, readSend);
  if (!params) return { refusal: 'badRequest' };
  const member = rooms.memberOf(params.roomid);
  if (!member) return behaviour.fires('sent-with-unknown-roomid') ? { result: null } : { refusal: 'unknownRoomid' };

  const { message } = params;
  const cut = [...message].length > truncatedLength && behaviour.fires('message-truncated');
  const carried = cut ? [...message].slice(0, truncatedLength).join('') : message;
  for (const hearer of hearersOf(context, member)) {
    const sender = behaviour.fires('sender-misnamed') ? hearer.user : member.user;
    notifyMessage(context, outbox, hearer, sender, carried);
    if (behaviour.fires('message-twice')) notifyMessage(context, outbox, hearer, sender, carried);
  }
  return { result: behaviour.fires('result-true') ? true : null };
}

/** A user goes: the others hear of it, and of the room if it goes too. */
export function depart(context: Context, outbox: Outbox, member: Member): void {
  const { behaviour, generation, rooms } = context;
  const { room, user } = member;
  if (behaviour.fires('leave-without-effect')) return;
  const seesItself = generation.ownLeftIsSeen || behaviour.varies('own-left-seen');
  if (seesItself) notifyUser(context, outbox, member, user, 'left');
  rooms.leave(member);
  tellOthers(context, outbox, member, 'left');
  if (room.members.size === 0 && behaviour.isOn('acl-outlives-room') && room.acl.length > 0)
    context.formerAcls.set(room.key, room.acl);
  if (room.members.size === 0 || behaviour.fires('destroyed-at-every-leave'))
    notifyRoom(context, outbox, room, 'destroyed');
}

function describe(
  { behaviour, generation }: Context,
  params: JoinParams,
  origin: string | undefined,
): Omit<Room, 'members'> {
  const { room: name, secure, acl = [] } = params;
  const twin = generation.hasSecureTwins && secure === 'secure';
  const guarded = secure === 'secure' && origin !== undefined;
  const caseless = name !== name.toLowerCase() && behaviour.fires('room-names-without-case');
  const written = caseless ? name.toLowerCase() : name;
  return {
    key: twin ? `secure ${written}` : `room ${written}`,
    name,
    secure: twin || guarded,
    acl: guarded ? acl : [],
  };
}

function findWithoutCase(behaviour: Context['behaviour'], room: Room | undefined, user: string): Member | undefined {
  const known = [...(room?.members.values() ?? [])].find(member => member.user.toLowerCase() === user.toLowerCase());
  return known && behaviour.fires('user-names-without-case') ? known : undefined;
}

function nameMembership({ behaviour, makeRoomid }: Context, room: Room | undefined, params: JoinParams): string {
  const [other] = room?.members.values() ?? [];
  if (other && behaviour.fires('roomid-of-the-room')) return other.roomid;
  const roomid = makeRoomid(params.room, params.user, !behaviour.fires('roomid-not-fresh'));
  return behaviour.fires('roomid-in-capitals') ? roomid.toUpperCase() : roomid;
}

/** The sender is one of those who hear it. */
function hearersOf({ behaviour, rooms }: Context, member: Member): readonly Member[] {
  const members = [...member.room.members.values()];
  const without = members.length > 1 && behaviour.fires('message-not-to-sender');
  const hearers = without ? members.filter(other => other !== member) : members;
  const elsewhere = othersElsewhere(rooms, member);
  return elsewhere.length > 0 && behaviour.fires('message-to-other-rooms') ? [...hearers, ...elsewhere] : hearers;
}

function tellOthers(context: Context, outbox: Outbox, member: Member, action: 'joined' | 'left'): void {
  const { behaviour, rooms } = context;
  const others = [...member.room.members.values()].filter(other => other !== member);
  if (others.length > 0 && behaviour.fires(action === 'joined' ? 'joined-not-told' : 'left-not-told')) return;
  const told = action === 'left' && others.length > 0 && behaviour.fires('left-told-as-joined') ? 'joined' : action;
  const elsewhere = othersElsewhere(rooms, member);
  const watchers =
    elsewhere.length > 0 && behaviour.fires('userupdate-to-other-rooms') ? [...others, ...elsewhere] : others;
  for (const watcher of watchers) notifyUser(context, outbox, watcher, member.user, told);
}

/** Members of the other rooms that the same connection is in: what leaks goes to them. */
function othersElsewhere(rooms: Context['rooms'], { connection, room }: Member): readonly Member[] {
  return rooms
    .membershipsOf(connection)
    .filter(other => other.room !== room)
    .flatMap(other => [...other.room.members.values()]);
}

const truncatedLength = 40;

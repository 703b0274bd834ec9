/** Sections "join method" and "leave method". */
import type { Outbox } from '../core/outbound.ts';
import type { Call, Context, Outcome } from './context.ts';
import { memberKey } from './fault-memory.ts';
import { othersElsewhere } from './leaks.ts';
import { notifyRoom, notifyUser } from './notify.ts';
import { type JoinParams, readJoin, readLeave } from './params.ts';
import { readParams } from './read-params.ts';
import type { Member, Room } from './rooms.ts';
import { admits } from './security.ts';

export function join(context: Context, { caller, params: given, outbox }: Call): Outcome {
  const { behaviour, faultMemory, generation, rooms } = context;
  const params = readParams(behaviour, given, readJoin);
  if (!params) return { refusal: 'badRequest' };
  const about = describe(context, params, caller.origin);
  const room = rooms.find(about.key);
  if (!admits(context, about.key, room, params, caller.origin)) return { refusal: 'notAdmitted' };

  const known = room?.members.get(params.user) ?? findWithoutCase(behaviour, room, params.user);
  if (room && faultMemory.formerMembers.has(memberKey(room.key, params.user)) && behaviour.fires('left-for-good'))
    return { refusal: 'alreadyJoined' };
  if (known && !behaviour.fires('joined-twice')) {
    if (behaviour.fires('refused-join-told')) notifyUser(context, outbox, known, params.user, 'joined');
    return { refusal: 'alreadyJoined' };
  }
  const roomid = nameMembership(context, room, params);
  const member = rooms.join(about, params.user, caller.connection, roomid);
  if (!room || behaviour.fires('created-at-every-join')) notifyRoom(context, outbox, member, 'created');
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

/** A user goes: the others hear of it, and of the room if it goes too. */
export function depart(context: Context, outbox: Outbox, member: Member): void {
  const { behaviour, generation, observers, rooms } = context;
  const { room, user } = member;
  const watchesItself = observers.of('userupdate', member.roomid).length > 0;
  if (watchesItself && (generation.ownLeftIsSeen || behaviour.varies('own-left-seen')))
    notifyUser(context, outbox, member, user, 'left');
  rooms.leave(member);
  if (behaviour.isOn('left-for-good')) context.faultMemory.formerMembers.add(memberKey(room.key, user));
  if (behaviour.isOn('left-roomid-still-sends')) context.faultMemory.formerRoomids.add(member.roomid);
  tellOthers(context, outbox, member, 'left');
  if (room.members.size === 0 && behaviour.isOn('acl-outlives-room') && room.acl.length > 0)
    context.faultMemory.formerAcls.set(room.key, room.acl);
  if (room.members.size === 0 || behaviour.fires('destroyed-at-every-leave'))
    notifyRoom(context, outbox, member, 'destroyed');
}

function describe(
  { behaviour, generation }: Context,
  params: JoinParams,
  origin: string | undefined,
): Omit<Room, 'members'> {
  const { room, secure, acl = [] } = params;
  const name = room !== room.trim() && behaviour.fires('names-trimmed') ? room.trim() : room;
  const twin = generation.hasSecureTwins && secure === 'secure' && !behaviour.fires('twins-are-one');
  const guarded = secure === 'secure' && origin !== undefined;
  const caseless = name !== name.toLowerCase() && behaviour.fires('room-names-without-case');
  const written = caseless ? name.toLowerCase() : name;
  return {
    key: twin ? `secure ${written}` : `room ${written}`,
    name,
    secure: twin || guarded || (secure === 'insecure' && behaviour.fires('insecure-taken-for-secure')),
    acl: guarded ? acl : [],
  };
}

function findWithoutCase(behaviour: Context['behaviour'], room: Room | undefined, user: string): Member | undefined {
  const known = [...(room?.members.values() ?? [])].find(member => member.user.toLowerCase() === user.toLowerCase());
  return known && behaviour.fires('user-names-without-case') ? known : undefined;
}

function nameMembership(
  { behaviour, makeRoomid, observers }: Context,
  room: Room | undefined,
  params: JoinParams,
): string {
  const [other] = room?.members.values() ?? [];
  const isObserved = (['userupdate', 'message'] as const).some(event => observers.of(event, other?.roomid).length > 0);
  if (other && !isObserved && behaviour.fires('roomid-of-the-room')) return other.roomid;
  const roomid = makeRoomid(params.room, params.user, !behaviour.fires('roomid-not-fresh'));
  return behaviour.fires('roomid-in-capitals') ? roomid.toUpperCase() : roomid;
}

function tellOthers(context: Context, outbox: Outbox, member: Member, action: 'joined' | 'left'): void {
  const { behaviour, rooms } = context;
  const others = [...member.room.members.values()].filter(other => other !== member);
  if (others.length > 0 && behaviour.fires(action === 'joined' ? 'joined-not-told' : 'left-not-told')) return;
  const told = action === 'left' && others.length > 0 && behaviour.fires('left-told-as-joined') ? 'joined' : action;
  const elsewhere = behaviour.isOn('userupdate-to-other-rooms') ? othersElsewhere(rooms, member) : [];
  const watchers =
    elsewhere.length > 0 && behaviour.fires('userupdate-to-other-rooms') ? [...others, ...elsewhere] : others;
  for (const watcher of watchers) notifyUser(context, outbox, watcher, member.user, told);
}

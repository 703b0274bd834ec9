/** Rooms and who is in them. A room is there as long as somebody is in it; a roomid is one user's way into one room. */
import { createHash } from 'node:crypto';
import type { ConnectionId } from '../core/registry.ts';

export interface Room {
  readonly key: string;
  readonly name: string;
  readonly secure: boolean;
  /** Patterns of the origins that are let in; empty for a room without security. */
  readonly acl: readonly string[];
  /** By user, in the order in which they joined. */
  readonly members: Map<string, Member>;
}

export interface Member {
  readonly roomid: string;
  readonly user: string;
  readonly room: Room;
  /** Over which the user has joined. */
  readonly connection: ConnectionId;
}

export interface Rooms {
  find(key: string): Room | undefined;
  all(): Iterable<Room>;
  /** Opens the room if nobody is in it yet. */
  join(room: Omit<Room, 'members'>, user: string, connection: ConnectionId, roomid: string): Member;
  memberOf(roomid: string): Member | undefined;
  membershipsOf(connection: ConnectionId): readonly Member[];
  /** The roomid opens nothing from now on. A room that nobody is in is gone. */
  leave(member: Member): void;
}

export function createRooms(): Rooms {
  const rooms = new Map<string, Room>();
  const members = new Map<string, Member>();
  const byConnection = new Map<ConnectionId, Set<Member>>();
  return {
    find: key => rooms.get(key),
    all: () => rooms.values(),
    join(about, user, connection, roomid) {
      const room = rooms.get(about.key) ?? { ...about, members: new Map() };
      const member = { roomid, user, room, connection };
      room.members.set(user, member);
      rooms.set(room.key, room);
      members.set(roomid, member);
      const joined = byConnection.get(connection);
      if (joined) joined.add(member);
      else byConnection.set(connection, new Set([member]));
      return member;
    },
    memberOf: roomid => members.get(roomid),
    membershipsOf: connection => [...(byConnection.get(connection) ?? [])],
    leave(member) {
      const { roomid, user, room, connection } = member;
      members.delete(roomid);
      const joined = byConnection.get(connection);
      joined?.delete(member);
      if (joined?.size === 0) byConnection.delete(connection);
      room.members.delete(user);
      if (room.members.size === 0) rooms.delete(room.key);
    },
  };
}

export type RoomidMaker = (room: string, user: string, fresh: boolean) => string;

/** Twenty hexadecimal digits: while they are fresh, other ones for every join of this server's life. */
export function createRoomidMaker(epoch: string): RoomidMaker {
  let joins = 0;
  return (room, user, fresh) =>
    createHash('sha1')
      .update(JSON.stringify([epoch, fresh ? ++joins : 0, room, user]))
      .digest('hex')
      .slice(0, 20);
}

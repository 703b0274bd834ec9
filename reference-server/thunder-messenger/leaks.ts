import type { Member, Rooms } from './rooms.ts';

/** Members of the other rooms that the same connection is in: what leaks goes to them. */
export function othersElsewhere(rooms: Rooms, { connection, room }: Member): readonly Member[] {
  return rooms
    .membershipsOf(connection)
    .filter(other => other.room !== room)
    .flatMap(other => [...other.room.members.values()]);
}

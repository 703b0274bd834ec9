export type ConnectionId = number;

/** Who speaks over a connection: one device of one user. */
export interface Occupant {
  readonly user: string;
  readonly device: string;
}

/** Which connections are whose. A device of a user has one connection; a user has as many as devices. */
export interface Registry<Who extends Occupant> {
  /** Returns the connection that the same device had before, which is nobody's from now on. */
  bind(connection: ConnectionId, who: Who): ConnectionId | undefined;
  release(connection: ConnectionId): void;
  occupantOf(connection: ConnectionId): Who | undefined;
  /** Every connection of every one of these users, in the order in which the devices came. */
  connectionsOf(users: Iterable<string>): ConnectionId[];
  connectionOf(user: string, device: string): ConnectionId | undefined;
  /** Everybody who is there now, in the order in which they came. */
  everybody(): readonly (readonly [ConnectionId, Who])[];
}

export function createRegistry<Who extends Occupant>(): Registry<Who> {
  const occupants = new Map<ConnectionId, Who>();
  const users = new Map<string, Map<string, ConnectionId>>();

  function release(connection: ConnectionId): void {
    const who = occupants.get(connection);
    if (!who) return;
    occupants.delete(connection);
    const devices = users.get(who.user);
    devices?.delete(who.device);
    if (devices?.size === 0) users.delete(who.user);
  }

  return {
    bind(connection, who) {
      release(connection);
      const older = users.get(who.user)?.get(who.device);
      if (older !== undefined) release(older);
      occupants.set(connection, who);
      const devices = users.get(who.user);
      if (devices) devices.set(who.device, connection);
      else users.set(who.user, new Map([[who.device, connection]]));
      return older;
    },
    release,
    occupantOf: connection => occupants.get(connection),
    connectionsOf(named) {
      const connections: ConnectionId[] = [];
      for (const user of named) {
        const devices = users.get(user);
        if (devices) for (const connection of devices.values()) connections.push(connection);
      }
      return connections;
    },
    connectionOf: (user, device) => users.get(user)?.get(device),
    everybody: () => [...occupants],
  };
}

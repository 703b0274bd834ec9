/** Which users belong to which groups. A group may be empty; one that was dropped is as if it had never been. */
export interface Membership {
  assign(group: string, users: Iterable<string>): void;
  drop(group: string): void;
  membersOf(group: string): ReadonlySet<string>;
  /** In the order in which the user came into them. */
  groupsOf(user: string): ReadonlySet<string>;
}

const nobody: ReadonlySet<string> = new Set();

export function createMembership(): Membership {
  const members = new Map<string, Set<string>>();
  const groups = new Map<string, Set<string>>();

  function leave(user: string, group: string): void {
    const joined = groups.get(user);
    joined?.delete(group);
    if (joined?.size === 0) groups.delete(user);
  }

  return {
    assign(group, users) {
      const after = new Set(users);
      for (const user of members.get(group) ?? nobody) if (!after.has(user)) leave(user, group);
      members.set(group, after);
      for (const user of after) {
        const joined = groups.get(user);
        if (joined) joined.add(group);
        else groups.set(user, new Set([group]));
      }
    },
    drop(group) {
      for (const user of members.get(group) ?? nobody) leave(user, group);
      members.delete(group);
    },
    membersOf: group => members.get(group) ?? nobody,
    groupsOf: user => groups.get(user) ?? nobody,
  };
}

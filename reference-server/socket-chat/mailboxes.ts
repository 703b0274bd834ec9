/** Messages for those who are not logged in. They wait for the next login, and are gone when they have been delivered. */
export interface Mailboxes {
  keep(email: string, frame: string): void;
  /** What waits, in the order in which it came; it waits no more. */
  take(email: string): readonly string[];
}

export function createMailboxes(): Mailboxes {
  const waiting = new Map<string, string[]>();
  return {
    keep(email, frame) {
      const frames = waiting.get(email);
      if (frames) frames.push(frame);
      else waiting.set(email, [frame]);
    },
    take(email) {
      const frames = waiting.get(email) ?? [];
      waiting.delete(email);
      return frames;
    },
  };
}

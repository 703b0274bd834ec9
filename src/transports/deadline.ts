/** A time limit of a connection. */
export interface Deadline {
  cancel(): void;
}

/**
 * Due only after all sockets that can be read have been: if this process stood still meanwhile, what has arrived in time
 * counts (language, section 8).
 */
export function startDeadline(afterMs: number, onDue: () => void): Deadline {
  let drained: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    drained = setImmediate(onDue);
  }, afterMs);
  return {
    cancel() {
      clearTimeout(timer);
      clearImmediate(drained);
    },
  };
}

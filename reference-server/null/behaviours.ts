/**
 * Null servers open the endpoints of a protocol and know nothing of it. No scenario may pass against one: whatever passes demands
 * nothing that only a server of the protocol can do.
 */
export const nullBehaviours = {
  silent: 'Accepts everything and says nothing.',
  echo: 'Answers every message with itself.',
  close: 'Accepts a connection and closes it at once. Where there are no connections, as silent.',
  error: "Answers every message with the protocol's error.",
  replay: 'Answers every message with the last one of another connection; while there is none, with the one before.',
  garbage: 'Answers every message with something that the protocol does not have, or that breaks its framing.',
  slow: "Answers every message with the protocol's error, byte by byte over at least 12 seconds.",
  flood: "Sends the protocol's errors, and what it heard, without end.",
} as const;

export type NullBehaviour = keyof typeof nullBehaviours;

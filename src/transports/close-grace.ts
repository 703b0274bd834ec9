import type { Socket } from 'node:net';
import { startDeadline } from './deadline.ts';

/**
 * How long a peer may take to follow our close. Long enough for a slow answer over a bad link, short enough that a
 * scenario against a silent server does not hang.
 */
export const closeGraceMs = 2000;

/** Ends our side once all that was written has left; a peer that does not take it is cut off after the grace. */
export function endSoon(socket: Socket): void {
  if (socket.destroyed) return;
  const deadline = startDeadline(closeGraceMs, () => socket.destroy());
  socket.once('close', deadline.cancel);
  socket.destroySoon();
}

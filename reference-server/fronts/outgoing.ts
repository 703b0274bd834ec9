/**
 * What many sockets are sent. All that comes for a socket in one turn of the event loop leaves in one write, and sockets that are
 * sent the same share its bytes: a message to a thousand readers is joined with the one before it once, not a thousand times.
 */
import type { Socket } from 'node:net';

/** One socket, and what waits for it. */
export interface Outlet {
  readonly socket: Socket;
  waiting: Batch | undefined;
  /** What the socket had not written when it was asked last: after a write, and again while it is more than nothing. */
  backlogBytes: number;
}

export function createOutlet(socket: Socket): Outlet {
  return { socket, waiting: undefined, backlogBytes: 0 };
}

/** Messages in their order, as a list from its end: this one, behind those before it. */
export interface Batch {
  readonly before: Batch | undefined;
  readonly last: Buffer;
  readonly sizeBytes: number;
  /** The batch that was made of this one last, which most others will need, too. */
  longer: Batch | undefined;
  joined: Buffer | undefined;
}

export interface Outgoing {
  /** Messages that are the same object are the same message. False if more than `mostBytes` would wait then: it is not added. */
  offer(outlet: Outlet, message: Buffer, mostBytes: number): boolean;
  /** Writes what waits, of this socket or of all, before the turn is over. */
  flush(outlet: Outlet): void;
  flushAll(): void;
}

export function createOutgoing(): Outgoing {
  let waiting: Outlet[] = [];
  /** The batch of one message that was begun last in this turn. */
  let begun: Batch | undefined;

  function begin(message: Buffer): Batch {
    if (begun?.last !== message) begun = behind(undefined, message);
    return begun;
  }

  function flushAll(): void {
    const flushed = waiting;
    waiting = [];
    begun = undefined;
    for (const outlet of flushed) flush(outlet);
  }

  return {
    flush,
    flushAll,
    offer(outlet, message, mostBytes) {
      const { waiting: before } = outlet;
      if (before === undefined && outlet.backlogBytes > 0) outlet.backlogBytes = outlet.socket.writableLength;
      const batch = before === undefined ? begin(message) : lengthen(before, message);
      if (outlet.backlogBytes + batch.sizeBytes > mostBytes) return false;
      outlet.waiting = batch;
      if (before === undefined && waiting.push(outlet) === 1) setImmediate(flushAll);
      return true;
    },
  };
}

function lengthen(before: Batch, message: Buffer): Batch {
  const { longer } = before;
  if (longer?.last === message) return longer;
  before.longer = behind(before, message);
  return before.longer;
}

function behind(before: Batch | undefined, last: Buffer): Batch {
  return { before, last, sizeBytes: (before?.sizeBytes ?? 0) + last.length, longer: undefined, joined: undefined };
}

function flush(outlet: Outlet): void {
  const { socket, waiting } = outlet;
  if (waiting === undefined) return;
  outlet.waiting = undefined;
  if (!socket.writable) return;
  socket.write(bytesOf(waiting));
  outlet.backlogBytes = socket.writableLength;
}

function bytesOf(batch: Batch): Buffer {
  if (batch.before === undefined) return batch.last;
  batch.joined ??= join(batch);
  return batch.joined;
}

function join(batch: Batch): Buffer {
  const joined = Buffer.allocUnsafe(batch.sizeBytes);
  for (let each: Batch | undefined = batch; each; each = each.before) {
    joined.set(each.last, each.sizeBytes - each.last.length);
  }
  return joined;
}

/** Carries out what a null server wants done on one connection, whatever the transport: what is said at once, slowly, without end. */
import type { Message, Reaction } from './reaction.ts';

/** One connection, as a transport offers it. Nothing here throws, also not on a connection that is over. */
export interface Peer {
  /** `taken` is called once the system has taken all of it, and never if the connection is over before. */
  say(messages: readonly Message[], taken: () => void): void;
  /** One byte of a message, with what frames it. Says whether there are more behind it. */
  sayByte(message: Message, at: number): boolean;
  close(): void;
}

export interface Reacting {
  react(reactions: readonly Reaction[]): void;
  /** The connection is over: nothing goes on. */
  end(): void;
}

export function reactingOn(peer: Peer): Reacting {
  const waiting: Message[] = [];
  let trickle: NodeJS.Timeout | undefined;
  let floodOf: readonly Message[] = [];
  let flooding = false;
  let nextBatch: NodeJS.Timeout | undefined;
  let over = false;

  function drip(message: Message, at: number): void {
    trickle = setTimeout(() => {
      if (peer.sayByte(message, at)) return drip(message, at + 1);
      trickle = undefined;
      const next = waiting.shift();
      if (next) drip(next, 0);
    }, betweenBytesMs(message));
  }

  function say(message: Message, slowly: boolean): void {
    if (!slowly) peer.say([message], () => {});
    else if (!trickle) drip(message, 0);
    else if (waiting.length < mostWaiting) waiting.push(message);
  }

  function flood(messages: readonly Message[]): void {
    floodOf = batchOf(messages);
    if (flooding || floodOf.length === 0) return;
    flooding = true;
    pour();
  }

  function pour(): void {
    if (over) return;
    peer.say(floodOf, () => {
      nextBatch = setTimeout(pour, betweenBatchesMs);
    });
  }

  return {
    react(reactions) {
      for (const reaction of reactions) {
        if (over) return;
        if (reaction.kind === 'close') peer.close();
        else if (reaction.kind === 'flood') flood(reaction.messages);
        else say(reaction.message, reaction.kind === 'trickle');
      }
    },
    end() {
      over = true;
      clearTimeout(trickle);
      clearTimeout(nextBatch);
    },
  };
}

/** Often enough to be of about 16 KiB: one write for each message would keep the server busier than its peer. */
function batchOf(messages: readonly Message[]): readonly Message[] {
  const bytes = messages.reduce((sum, each) => sum + each.bytes.length, 0);
  const rounds = Math.max(1, Math.min(1_000, Math.floor(16_384 / Math.max(1, bytes))));
  return Array.from({ length: rounds }, () => messages).flat();
}

function betweenBytesMs({ bytes }: Message): number {
  return Math.max(leastBetweenBytesMs, Math.ceil(leastTrickleMs / Math.max(1, bytes.length)));
}

/** Thousands of messages a second on each connection, and still a machine that others can use. */
const betweenBatchesMs = 50;

const leastBetweenBytesMs = 100;
/** More than the patience of any usual run. */
const leastTrickleMs = 12_000;
/** Answers that wait behind one that trickles; more are not given. */
const mostWaiting = 100;

import type { Received, Refuse } from '../core/protocol.ts';
import type { ConnectionId } from '../core/registry.ts';
import type { NullBehaviour } from './behaviours.ts';
import { garbageAt } from './garbage.ts';
import type { Message, NullDomain, Reaction } from './reaction.ts';

/** `firstTransport`: where a message came from that nobody sent, for a flood that begins before anything was heard. */
export function createNullDomain(behaviour: NullBehaviour, refuse: Refuse, firstTransport: string): NullDomain {
  const refusals = (received: Received): readonly Message[] =>
    refuse(received).map(({ text, status = refusedStatus }) => ({ ...itself({ ...received, text }), status }));
  switch (behaviour) {
    case 'silent':
      return domainOf(() => []);
    case 'echo':
      return domainOf((_, received) => [say(itself(received))]);
    case 'close':
      return { connect: () => [{ kind: 'close' }], receive: () => [] };
    case 'error':
      return domainOf((_, received) => refusals(received).map(say));
    case 'replay':
      return domainOf(replaying());
    case 'garbage':
      return domainOf(garbling());
    case 'slow':
      return domainOf((_, received) => refusals(received).map(message => ({ kind: 'trickle', message })));
    case 'flood': {
      const begin = refusals({ transport: firstTransport, text: '{}' });
      return {
        connect: () => [{ kind: 'flood', messages: begin }],
        receive: (_, received) => [{ kind: 'flood', messages: [...refusals(received), itself(received)] }],
      };
    }
  }
}

/** Of an HTTP answer that says no and does not say how. */
const refusedStatus = 400;

function domainOf(receive: NullDomain['receive']): NullDomain {
  return { connect: () => [], receive };
}

function replaying(): NullDomain['receive'] {
  let latest: { readonly of: ConnectionId; readonly message: Message } | undefined;
  /** The last one of any connection but that of `latest`. */
  let other: Message | undefined;
  return (connection, received) => {
    const answer = latest && latest.of === connection ? (other ?? latest.message) : latest?.message;
    if (latest && latest.of !== connection) other = latest.message;
    latest = { of: connection, message: itself(received) };
    return answer ? [say(answer)] : [];
  };
}

function garbling(): NullDomain['receive'] {
  let heard = 0;
  // Connections begin at different pieces, so that what one sends first meets all of them.
  return connection => [say(garbageAt(connection + heard++))];
}

function itself({ text, isBinary }: Received): Message {
  return { bytes: Buffer.from(text, isBinary ? 'latin1' : 'utf8') };
}

function say(message: Message): Reaction {
  return { kind: 'say', message };
}

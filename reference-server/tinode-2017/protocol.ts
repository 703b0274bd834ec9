import { randomBytes } from 'node:crypto';
import type { Domain } from '../core/domain.ts';
import type { Front } from '../core/front.ts';
import type { DomainSurroundings, ProtocolFrontSurroundings, ReferenceProtocol, Settings } from '../core/protocol.ts';
import { serveWebSocket } from '../fronts/websocket.ts';
import { createTinode } from './domain.ts';
import { faults } from './faults.ts';
import { variants } from './variants.ts';

export const tinode2017: ReferenceProtocol = {
  name: 'tinode-2017',
  faults,
  variants,
  limits: {
    messageBytes: {
      description:
        "Payload of one message from a client. The document names no limit; today's servers ship with this one.",
      defaultValue: 131_072,
      leastValue: 1024,
    },
    queueBytes: {
      description: 'What may wait for a connection that does not read. Beyond it the connection is closed.',
      defaultValue: 4_194_304,
      leastValue: 4096,
    },
  },
  timers: {
    token: {
      description: 'How long a token can be used to log in.',
      defaultValue: 14 * 24 * 3_600_000,
      leastValue: 1,
    },
    close: {
      description: 'How long a connection may take to answer a close before it is cut.',
      defaultValue: 1000,
      leastValue: 1,
    },
  },
  createDomain,
  openFront,
};

function createDomain({ users, timers }: Settings, { behaviour }: DomainSurroundings): Domain {
  return createTinode({ users, tokenMs: timers.token!, behaviour, nowMs: Date.now, randomBytes });
}

async function openFront({ limits, timers }: Settings, surroundings: ProtocolFrontSurroundings): Promise<Front> {
  const front = await serveWebSocket({
    ...surroundings,
    path: '/v0/channels',
    messageBytes: limits.messageBytes!,
    queueBytes: limits.queueBytes!,
    closeMs: timers.close!,
    inFragments: () => surroundings.behaviour.varies('fragmented-frames'),
  });
  return { endpoints: [{ transport: 'websocket', url: front.url }], stop: front.stop };
}

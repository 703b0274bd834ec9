import { randomUUID } from 'node:crypto';
import type { Domain } from '../core/domain.ts';
import type { Front } from '../core/front.ts';
import type { DomainSurroundings, ProtocolFrontSurroundings, ReferenceProtocol, Settings } from '../core/protocol.ts';
import { serveWebSocket } from '../fronts/websocket.ts';
import { createGradagenda } from './domain.ts';
import { faults } from './faults.ts';
import { refuse } from './refuse.ts';
import { variants } from './variants.ts';

export const gradagenda: ReferenceProtocol = {
  name: 'gradagenda',
  faults,
  variants,
  limits: {
    frameBytes: {
      description: 'Payload of one frame, in either direction. Section 1 of the specification: 4 KB.',
      defaultValue: 4096,
      leastValue: 256,
    },
    queueBytes: {
      description: 'What may wait for a connection that does not read. Beyond it the connection is closed.',
      // More than a fair reader is ever given at once, such as the listing of ten thousand sessions.
      defaultValue: 4_194_304,
      leastValue: 4096,
    },
  },
  timers: {
    close: {
      description: 'How long a connection may take to answer a close before it is cut.',
      defaultValue: 1000,
      leastValue: 1,
    },
  },
  createDomain,
  openFront,
  refuse,
};

function createDomain({ users, demo, limits }: Settings, { behaviour }: DomainSurroundings): Domain {
  return createGradagenda({
    users,
    demo,
    frameBytes: limits.frameBytes!,
    behaviour,
    epoch: randomUUID().slice(0, 8),
    nowMs: Date.now,
  });
}

async function openFront({ limits, timers }: Settings, surroundings: ProtocolFrontSurroundings): Promise<Front> {
  const front = await serveWebSocket({
    ...surroundings,
    path: '/',
    messageBytes: limits.frameBytes! * 16,
    queueBytes: limits.queueBytes!,
    closeMs: timers.close!,
    inFragments: () => surroundings.behaviour.varies('fragmented-frames'),
  });
  return { endpoints: [{ transport: 'websocket', url: front.url }], stop: front.stop };
}

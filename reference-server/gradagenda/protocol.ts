import { randomUUID } from 'node:crypto';
import { createBehaviour } from '../core/behaviour.ts';
import type { ReferenceProtocol, RunningServer, Settings } from '../core/protocol.ts';
import { serveWebSocket } from '../fronts/websocket.ts';
import { createGradagenda } from './domain.ts';
import { type FaultName, faults } from './faults.ts';
import { refuse } from './refuse.ts';
import { type VariantName, variants } from './variants.ts';

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
  start,
  refuse,
};

async function start(settings: Settings): Promise<RunningServer> {
  const { limits, timers } = settings;
  const behaviour = createBehaviour(settings.faults as FaultName[], settings.variants as VariantName[]);
  const domain = createGradagenda({
    users: settings.users,
    demo: settings.demo,
    frameBytes: limits.frameBytes!,
    behaviour,
    epoch: randomUUID().slice(0, 8),
    nowMs: Date.now,
  });
  const front = await serveWebSocket(domain, {
    host: settings.host,
    port: settings.port,
    path: '/',
    messageBytes: limits.frameBytes! * 16,
    queueBytes: limits.queueBytes!,
    closeMs: timers.close!,
    inFragments: () => behaviour.varies('fragmented-frames'),
    log: settings.log,
  });
  return { endpoints: [{ transport: 'websocket', url: front.url }], fired: behaviour.counts, stop: front.stop };
}

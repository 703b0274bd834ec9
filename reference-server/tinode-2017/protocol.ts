import { randomBytes } from 'node:crypto';
import { createBehaviour } from '../core/behaviour.ts';
import type { ReferenceProtocol, RunningServer, Settings } from '../core/protocol.ts';
import { serveWebSocket } from '../fronts/websocket.ts';
import { createTinode } from './domain.ts';
import { type FaultName, faults } from './faults.ts';
import { type VariantName, variants } from './variants.ts';

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
  start,
};

async function start(settings: Settings): Promise<RunningServer> {
  const { limits, timers } = settings;
  const behaviour = createBehaviour(settings.faults as FaultName[], settings.variants as VariantName[]);
  const domain = createTinode({
    users: settings.users,
    tokenMs: timers.token!,
    behaviour,
    nowMs: Date.now,
    randomBytes,
  });
  const front = await serveWebSocket(domain, {
    host: settings.host,
    port: settings.port,
    path: '/v0/channels',
    messageBytes: limits.messageBytes!,
    queueBytes: limits.queueBytes!,
    closeMs: timers.close!,
    inFragments: () => behaviour.varies('fragmented-frames'),
    log: settings.log,
  });
  return { endpoints: [{ transport: 'websocket', url: front.url }], fired: behaviour.counts, stop: front.stop };
}

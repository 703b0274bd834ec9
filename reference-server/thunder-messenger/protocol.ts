import { randomUUID } from 'node:crypto';
import { createBehaviour } from '../core/behaviour.ts';
import type { ReferenceProtocol, RunningServer, Settings } from '../core/protocol.ts';
import { answerHttp } from '../fronts/http.ts';
import { serveWebSocket } from '../fronts/websocket.ts';
import type { ThunderBehaviour } from './context.ts';
import { commonPath, pluginPath } from './designators.ts';
import { createThunderMessenger } from './domain.ts';
import { type FaultName, faults } from './faults.ts';
import { type GenerationName, generations } from './generations.ts';
import { type VariantName, variants } from './variants.ts';

export const thunderMessenger: ReferenceProtocol = {
  name: 'thunder-messenger',
  faults,
  variants,
  generations: Object.keys(generations),
  limits: {
    messageBytes: {
      description: 'The longest request that is read, over WebSocket and HTTP. The document names no limit.',
      defaultValue: 1_048_576,
      leastValue: 1024,
    },
    queueBytes: {
      description: 'What may wait for a connection that does not read. Beyond it the connection is closed.',
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
};

const subprotocol = 'notification';

function chooseSubprotocol(behaviour: ThunderBehaviour, offered: ReadonlySet<string>): string | undefined {
  if (!offered.has(subprotocol) || behaviour.fires('subprotocol-not-echoed')) return undefined;
  const [first = subprotocol] = offered;
  return first !== subprotocol && behaviour.fires('first-subprotocol-chosen') ? first : subprotocol;
}

async function start(settings: Settings): Promise<RunningServer> {
  const { host, port, limits, timers, log } = settings;
  const behaviour = createBehaviour(settings.faults as FaultName[], settings.variants as VariantName[]);
  const domain = createThunderMessenger({
    tokens: settings.users,
    generation: settings.generation as GenerationName,
    behaviour,
    epoch: randomUUID(),
  });
  const front = await serveWebSocket(domain, {
    host,
    port,
    path: commonPath,
    otherPaths: [pluginPath],
    chooseSubprotocol: offered => chooseSubprotocol(behaviour, offered),
    http: shared => answerHttp(domain, shared, { bodyBytes: limits.messageBytes!, log }),
    messageBytes: limits.messageBytes!,
    queueBytes: limits.queueBytes!,
    closeMs: timers.close!,
    inFragments: () => behaviour.varies('fragmented-frames'),
    log,
  });
  return {
    endpoints: [
      { transport: 'websocket', url: front.url },
      { transport: 'http', url: front.url.replace('ws:', 'http:') },
    ],
    fired: behaviour.counts,
    stop: front.stop,
  };
}

import { randomUUID } from 'node:crypto';
import type { Domain } from '../core/domain.ts';
import type { Front } from '../core/front.ts';
import type { DomainSurroundings, ProtocolFrontSurroundings, ReferenceProtocol, Settings } from '../core/protocol.ts';
import { answerHttp } from '../fronts/http.ts';
import { serveWebSocket } from '../fronts/websocket.ts';
import type { ThunderBehaviour } from './context.ts';
import { commonPath, pluginPath } from './designators.ts';
import { createThunderMessenger } from './domain.ts';
import { faults } from './faults.ts';
import { type GenerationName, generations } from './generations.ts';
import { variants } from './variants.ts';

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
  createDomain,
  openFront,
};

const subprotocol = 'notification';

function chooseSubprotocol(behaviour: ThunderBehaviour, offered: ReadonlySet<string>): string | undefined {
  if (!offered.has(subprotocol) || behaviour.fires('subprotocol-not-echoed')) return undefined;
  const [first = subprotocol] = offered;
  return first !== subprotocol && behaviour.fires('first-subprotocol-chosen') ? first : subprotocol;
}

function createDomain({ users, generation }: Settings, { behaviour }: DomainSurroundings): Domain {
  return createThunderMessenger({
    tokens: users,
    generation: generation as GenerationName,
    behaviour,
    epoch: randomUUID(),
  });
}

async function openFront({ limits, timers }: Settings, surroundings: ProtocolFrontSurroundings): Promise<Front> {
  const front = await serveWebSocket({
    ...surroundings,
    path: commonPath,
    otherPaths: [pluginPath],
    chooseSubprotocol: offered => chooseSubprotocol(surroundings.behaviour, offered),
    http: shared => answerHttp(shared, { bodyBytes: limits.messageBytes!, log: surroundings.log }),
    messageBytes: limits.messageBytes!,
    queueBytes: limits.queueBytes!,
    closeMs: timers.close!,
    inFragments: () => surroundings.behaviour.varies('fragmented-frames'),
  });
  return {
    endpoints: [
      { transport: 'websocket', url: front.url },
      { transport: 'http', url: front.url.replace('ws:', 'http:') },
    ],
    stop: front.stop,
  };
}

/** A process that owns sockets and knows no rule of its protocol: what arrives it tells the process of the domain. */
import { createBehaviour } from '../core/behaviour.ts';
import type { HttpReply } from '../core/exchange.ts';
import type { Front, FrontSockets } from '../core/front.ts';
import type { ReferenceProtocol } from '../core/protocol.ts';
import type { ConnectionId } from '../core/registry.ts';
import type { Arrivals } from '../core/switchboard.ts';
import type { Link } from './link.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

export type Assignment = Extract<ToWorker, { kind: 'assign' }>;

export interface Worker {
  hear(message: ToWorker, bytes: Buffer): void;
  /** What was told has been taken. */
  drained(): void;
}

/** Opens the front that is asked for, and tells once it listens or why it does not. */
export function startWorker(
  protocol: ReferenceProtocol,
  { settings, index, workers }: Assignment,
  link: Link<FromWorker>,
): Worker {
  const behaviour = createBehaviour(settings.faults, settings.variants);
  const log = (line: string): void => link.tell({ kind: 'log', line });
  const replies = new Map<number, (reply: HttpReply) => void>();
  const paused = new Set<ConnectionId>();
  let sockets: FrontSockets | undefined;
  let front: Front | undefined;
  let made = 0;

  const surroundings = {
    host: settings.host,
    port: settings.port,
    behaviour,
    attach(attached: FrontSockets): Arrivals {
      sockets = attached;
      return createTellingArrivals(link, replies, hold);
    },
    nextId: () => ++made * workers + index,
    log,
  };
  protocol.openFront({ ...settings, log }, surroundings).then(
    opened => {
      front = opened;
      link.tell({ kind: 'listening', endpoints: opened.endpoints });
    },
    (error: Error & { code?: string }) =>
      link.tell({ kind: 'failed', message: error.message, ...(error.code !== undefined && { code: error.code }) }),
  );

  /** The domain is behind: who says something now is not read until it has caught up. */
  function hold(connection: ConnectionId): void {
    if (!link.isFull()) return;
    paused.add(connection);
    sockets?.pause(connection);
  }

  async function stop(): Promise<void> {
    await front?.stop();
    link.tell({ kind: 'stopped', fired: behaviour.counts() });
    link.end();
  }

  return {
    drained() {
      for (const connection of paused) sockets?.resume(connection);
      paused.clear();
    },
    hear(message, bytes) {
      switch (message.kind) {
        case 'send':
          sockets?.send(message.to, bytes.toString());
          break;
        case 'close':
          sockets?.close(message.connection, message.code, message.reason);
          break;
        case 'cut':
          sockets?.cut(message.connection);
          break;
        case 'reply': {
          const { request, status, hasText } = message;
          replies.get(request)?.(hasText ? { status, text: bytes.toString() } : { status });
          replies.delete(request);
          break;
        }
        case 'stop':
          void stop();
      }
    },
  };
}

function createTellingArrivals(
  link: Link<FromWorker>,
  replies: Map<number, (reply: HttpReply) => void>,
  hold: (connection: ConnectionId) => void,
): Arrivals {
  let requests = 0;
  return {
    opened: (connection, opening) => link.tell({ kind: 'opened', connection, opening }),
    received(connection, { payload, binary }) {
      link.tell({ kind: 'received', connection, binary }, payload);
      hold(connection);
    },
    requested(connection, { body, ...about }, reply) {
      const request = ++requests;
      replies.set(request, reply);
      link.tell({ kind: 'requested', connection, request, about }, body);
    },
    closed: connection => link.tell({ kind: 'closed', connection }),
  };
}

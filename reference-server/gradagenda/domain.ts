/**
 * A GradAgenda chat server without sockets: frames in, what to send and whom to close out. Everything happens in the order in which
 * frames come in, so all participants see the messages of a session in one order.
 */
import { type Account, createCredentials } from '../core/credentials.ts';
import { createOutbox, type Outbound, type Outbox } from '../core/outbound.ts';
import { type ConnectionId, createRegistry } from '../core/registry.ts';
import { gatherAnswers, wrapEach } from './batches.ts';
import type { Actor, Context, GradagendaBehaviour } from './context.ts';
import { createFaultMemory } from './fault-memory.ts';
import { createFrames } from './frames.ts';
import { type Frame, takeIn } from './intake.ts';
import { perform } from './perform.ts';
import { createSessionStore } from './session-store.ts';

export interface GradagendaOptions {
  readonly users: readonly Account[];
  readonly demo: boolean;
  readonly frameBytes: number;
  readonly behaviour: GradagendaBehaviour;
  /** Tells this run of the server from all others. */
  readonly epoch: string;
  readonly nowMs: () => number;
}

export interface GradagendaDomain {
  connect(connection: ConnectionId): readonly Outbound[];
  /** Of a connection that is not connected, or that the domain has closed, nothing is done. Never throws. */
  receive(connection: ConnectionId, frame: Frame): readonly Outbound[];
  /** Nobody is told: a participant who is away is one all the same. */
  disconnect(connection: ConnectionId): readonly Outbound[];
}

export function createGradagenda(options: GradagendaOptions): GradagendaDomain {
  const { behaviour, frameBytes } = options;
  const context = createContext(options);
  const open = new Set<ConnectionId>();

  function forget(connection: ConnectionId): void {
    open.delete(connection);
    context.registry.release(connection);
    context.faultMemory.failedConnections.delete(connection);
  }

  /** What is closed is gone at once: nothing that it sent and nobody has read yet counts any more. */
  function finish(outbox: Outbox, connection: ConnectionId): readonly Outbound[] {
    const closed = outbox.items.flatMap(item => (item.kind === 'close' ? [item.connection] : []));
    closed.forEach(forget);
    let items: readonly Outbound[] = outbox.items;
    if (behaviour.isOn('answers-in-oversize-batch')) items = gatherByFault(items, connection);
    if (behaviour.isOn('answers-in-batch')) items = gatherAnswers(items, connection, frameBytes, behaviour);
    if (items.length > 0 && behaviour.varies('batches-of-one')) items = wrapEach(items, frameBytes);
    return items;
  }

  function gatherByFault(items: readonly Outbound[], connection: ConnectionId): readonly Outbound[] {
    const gathered = gatherAnswers(items, connection, Number.POSITIVE_INFINITY, behaviour);
    const over = gathered.some(item => item.kind === 'send' && Buffer.byteLength(item.text) > frameBytes);
    return over && behaviour.fires('answers-in-oversize-batch') ? gathered : items;
  }

  return {
    connect(connection) {
      open.add(connection);
      const outbox = createOutbox();
      // Section 2.1: the server is in standby and waits for the client.
      if (behaviour.fires('speaks-before-auth')) {
        outbox.send([connection], context.frames.statusResponse('failed', undefined, 'authenticate first'));
      }
      return finish(outbox, connection);
    },
    receive(connection, frame) {
      if (!open.has(connection)) return [];
      const outbox = createOutbox();
      const intake = takeIn(frame, frameBytes, behaviour);
      if (intake.kind === 'close') outbox.close(connection, intake.code, intake.reason);
      if (intake.kind === 'action') perform(context, connection, outbox, intake.source);
      return finish(outbox, connection);
    },
    disconnect(connection) {
      forget(connection);
      return [];
    },
  };
}

function createContext({ users, demo, frameBytes, behaviour, epoch, nowMs }: GradagendaOptions): Context {
  const credentials = createCredentials(users, demo);
  return {
    behaviour,
    credentials,
    registry: createRegistry<Actor>(),
    sessions: createSessionStore(behaviour, credentials, epoch),
    frames: createFrames(behaviour, frameBytes),
    faultMemory: createFaultMemory(),
    nowMs,
  };
}

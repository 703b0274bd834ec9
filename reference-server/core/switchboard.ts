/**
 * Between sockets and a domain. Sockets tell what arrives, the domain says what is to be done, and here is known which connections
 * the domain has. Sockets may be in other processes: they may tell of a connection that has been closed here meanwhile.
 */
import type { Domain, Message } from './domain.ts';
import type { HttpReply, HttpRequest, Opening } from './exchange.ts';
import type { Outbound } from './outbound.ts';
import type { ConnectionId } from './registry.ts';

/** What sockets tell. */
export interface Arrivals {
  opened(connection: ConnectionId, opening: Opening): void;
  received(connection: ConnectionId, message: Message): void;
  requested(connection: ConnectionId, request: HttpRequest, reply: (reply: HttpReply) => void): void;
  /** It has gone, or was closed by those who own it. */
  closed(connection: ConnectionId): void;
}

/** What sockets are told to do. A connection that they do not have, or no more, is passed over. */
export interface Sockets {
  send(to: readonly ConnectionId[], text: string): void;
  /** After what it was sent. Nothing that it says is told any more. */
  close(connection: ConnectionId, code: number, reason: string): void;
  /** At once, without goodbye. */
  cut(connection: ConnectionId): void;
}

export interface Switchboard extends Arrivals {
  /** Also what a domain has caused outside of an answer, such as by a timer. */
  carryOut(items: readonly Outbound[]): void;
  /** Those that the domain has. */
  connections(): readonly ConnectionId[];
}

export function createSwitchboard(domain: Domain, sockets: Sockets, log: (line: string) => void): Switchboard {
  const { mostConnections = Number.POSITIVE_INFINITY } = domain;
  const open = new Set<ConnectionId>();

  function ask(connection: ConnectionId, question: () => readonly Outbound[]): void {
    try {
      carryOut(question());
    } catch (error) {
      tellDefect(connection, error as Error);
      close(connection, 1011, 'internal error');
    }
  }

  function tellDefect(connection: ConnectionId, error: Error): void {
    log(`connection ${connection}: defect of the reference server: ${error.stack}`);
  }

  function close(connection: ConnectionId, code: number, reason: string): void {
    if (!open.delete(connection)) return;
    sockets.close(connection, code, reason);
    ask(connection, () => domain.disconnect(connection));
  }

  function carryOut(items: readonly Outbound[]): void {
    for (const item of items) {
      if (item.kind === 'send') sockets.send(item.to, item.text);
      else close(item.connection, item.code, item.reason);
    }
  }

  return {
    carryOut,
    connections: () => [...open],
    opened(connection, opening) {
      if (open.size >= mostConnections) {
        log(`connection ${connection}: one more than ${mostConnections}`);
        sockets.cut(connection);
        return;
      }
      open.add(connection);
      ask(connection, () => domain.connect(connection, opening));
    },
    received(connection, message) {
      if (open.has(connection)) ask(connection, () => domain.receive(connection, message));
    },
    requested(connection, request, reply) {
      // The first request opens its connection.
      open.add(connection);
      try {
        const { outbound, ...answer } = domain.answer!(connection, request);
        carryOut(outbound);
        reply(answer);
      } catch (error) {
        tellDefect(connection, error as Error);
        reply({ status: 500 });
      }
    },
    closed(connection) {
      if (open.delete(connection)) ask(connection, () => domain.disconnect(connection));
    },
  };
}

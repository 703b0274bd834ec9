import type { Socket } from 'node:net';
import { messageOf } from '../../foundation/errors.ts';
import type { Connection, ConnectionSink, OpenConnection } from '../../transports/connection.ts';
import { parseEndpoint } from '../../transports/endpoint.ts';
import { openConnection } from '../../transports/open-connection.ts';
import type { HotOpener } from '../hot-path/hot-websocket.ts';
import type { ConnectGate } from './connect-gate.ts';

/** One virtual user: a connection that the interpreter lets join and leave, and that is measured in between. */
export interface LoadClient {
  /** Number among the clients of the worker. */
  readonly index: number;
  /** Number of its channel among those of the worker. */
  readonly channel: number;
  /** Name in the plan. */
  readonly name: string;
  connection: Connection | undefined;
  socket: Socket | undefined;
  open: boolean;
  /** The interpreter's, while it joins or leaves. */
  interpreter: ConnectionSink | undefined;
  /** We are about to end the connection. */
  ending: boolean;
  /** Number of the connection: what an earlier one still tells does not count. */
  connections: number;
}

export function createLoadClient(index: number, channel: number, name: string): LoadClient {
  return {
    index,
    channel,
    name,
    connection: undefined,
    socket: undefined,
    open: false,
    interpreter: undefined,
    ending: false,
    connections: 0,
  };
}

/** What the clients of one worker have in common. */
export interface ClientSurroundings {
  readonly gate: ConnectGate;
  readonly openHot: HotOpener;
  /** Messages of an open connection, from wherever they were read. */
  readonly message: (
    client: number,
    area: Buffer,
    start: number,
    end: number,
    binary: boolean | undefined,
    atUs: number,
  ) => void;
  /** All that one read brought has been handled. */
  readonly afterRead: (atUs: number) => void;
  /** Its connection has ended; by us, or by the target. */
  readonly ended: (client: LoadClient, by: 'us' | 'target') => void;
}

/** Opens the connections of one client, for the interpreter. WebSockets take the fast path. */
export function openerOf(client: LoadClient, around: ClientSurroundings): OpenConnection {
  return (transport, options, nowUs, sink) => {
    client.interpreter = sink;
    client.ending = false;
    const number = ++client.connections;
    let ended = false;
    let isUnderWay = false;
    const settled = () => {
      if (isUnderWay) around.gate.leave();
      isUnderWay = false;
    };
    const own = sinkOf(client, number, around, settled);
    const dialed = (socket: Socket) => {
      client.socket = socket;
    };
    around.gate.pass(() => {
      if (ended) return around.gate.leave();
      isUnderWay = true;
      try {
        const open = options.kind === 'websocket' ? around.openHot(client.index, dialed) : undefined;
        client.connection = open
          ? { transport, ...open(parseEndpoint(options.kind, options.url), options, nowUs, own) }
          : openConnection(transport, options, nowUs, own);
      } catch (thrown) {
        // TLS files that cannot be read, a bad endpoint.
        own.refused(nowUs(), { code: 'bad-request', detail: messageOf(thrown) });
      }
    });
    const refused = () => ({ ok: false, atUs: nowUs(), reason: 'the connection is not open yet' }) as const;
    return {
      transport,
      write: message => client.connection?.write(message) ?? refused(),
      request: request => client.connection?.request(request) ?? refused(),
      close(how) {
        client.ending = true;
        client.connection?.close(how);
      },
      setReading: go => client.connection?.setReading(go),
      destroy() {
        ended = true;
        client.ending = true;
        client.open = false;
        client.connection?.destroy();
        client.connection = undefined;
        settled();
      },
    };
  };
}

/** `settled`: it is open, or will never be. */
function sinkOf(
  client: LoadClient,
  number: number,
  { message, afterRead, ended }: ClientSurroundings,
  settled: () => void,
): ConnectionSink {
  const isCurrent = () => client.connections === number;
  return {
    opened(atUs, about) {
      settled();
      if (!isCurrent()) return;
      client.open = true;
      client.interpreter?.opened(atUs, about);
    },
    refused(atUs, about) {
      settled();
      if (isCurrent()) client.interpreter?.refused(atUs, about);
    },
    item(atUs, about) {
      if (!isCurrent()) return;
      const { bytes, opcode } = about;
      // A reply over HTTP is for who joins; what is measured there comes another way.
      if (about.http) return client.interpreter?.item(atUs, about);
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      message(client.index, buffer, 0, buffer.length, opcode === undefined ? undefined : opcode === 'binary', atUs);
      afterRead(atUs);
    },
    closed(atUs, about) {
      if (!isCurrent()) return;
      client.open = false;
      client.interpreter?.closed(atUs, about);
      ended(client, client.ending ? 'us' : 'target');
    },
    note(atUs, text) {
      if (isCurrent()) client.interpreter?.note(atUs, text);
    },
  };
}

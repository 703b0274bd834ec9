import type { Socket } from 'node:net';
import { messageOf } from '../../foundation/errors.ts';
import type {
  Connection,
  ConnectionSink,
  ConnectOptions,
  IncomingMessage,
  OpenConnection,
  OutgoingMessage,
  OutgoingRequest,
  WriteOutcome,
} from '../../transports/connection.ts';
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
  readonly nowUs: () => number;
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
    const connection = new ClientConnection(transport, client, around);
    around.gate.pass(() => connection.begin(options, nowUs));
    return connection;
  };
}

/**
 * A connection of a client as the interpreter has it, and what it hears from, in one object: with closures instead, each of tens of
 * thousands would have twenty.
 */
class ClientConnection implements Connection, ConnectionSink {
  readonly transport: string;
  readonly #client: LoadClient;
  readonly #around: ClientSurroundings;
  /** Number among those of the client. */
  readonly #number: number;
  #isUnderWay = false;
  #isOver = false;

  constructor(transport: string, client: LoadClient, around: ClientSurroundings) {
    this.transport = transport;
    this.#client = client;
    this.#around = around;
    this.#number = ++client.connections;
  }

  /** Its turn has come. */
  begin(options: ConnectOptions, nowUs: () => number): void {
    if (this.#isOver) return this.#around.gate.leave();
    this.#isUnderWay = true;
    try {
      this.#client.connection = this.#open(options, nowUs);
    } catch (thrown) {
      // TLS files that cannot be read, a bad endpoint.
      this.refused(nowUs(), { code: 'bad-request', detail: messageOf(thrown) });
    }
  }

  #open(options: ConnectOptions, nowUs: () => number): Connection {
    const { transport } = this;
    if (options.kind !== 'websocket') return openConnection(transport, options, nowUs, this);
    const client = this.#client;
    const open = this.#around.openHot(client.index, socket => {
      client.socket = socket;
    });
    return Object.assign(open(parseEndpoint(options.kind, options.url), options, nowUs, this), { transport });
  }

  /** It is open, or will never be. */
  #settled(): void {
    if (this.#isUnderWay) this.#around.gate.leave();
    this.#isUnderWay = false;
  }

  get #isCurrent(): boolean {
    return this.#client.connections === this.#number;
  }

  write(message: OutgoingMessage): WriteOutcome {
    return this.#client.connection?.write(message) ?? this.#notOpen();
  }

  request(request: OutgoingRequest): WriteOutcome {
    return this.#client.connection?.request(request) ?? this.#notOpen();
  }

  #notOpen(): WriteOutcome {
    return { ok: false, atUs: this.#around.nowUs(), reason: 'the connection is not open yet' };
  }

  close(how: Parameters<Connection['close']>[0]): void {
    this.#client.ending = true;
    this.#client.connection?.close(how);
  }

  setReading(go: boolean): void {
    this.#client.connection?.setReading(go);
  }

  destroy(): void {
    this.#isOver = true;
    this.#client.ending = true;
    this.#client.open = false;
    this.#client.connection?.destroy();
    this.#client.connection = undefined;
    this.#settled();
  }

  opened(atUs: number, about: Parameters<ConnectionSink['opened']>[1]): void {
    this.#settled();
    if (!this.#isCurrent) return;
    this.#client.open = true;
    this.#client.interpreter?.opened(atUs, about);
  }

  refused(atUs: number, about: Parameters<ConnectionSink['refused']>[1]): void {
    this.#settled();
    if (this.#isCurrent) this.#client.interpreter?.refused(atUs, about);
  }

  item(atUs: number, about: IncomingMessage): void {
    if (!this.#isCurrent) return;
    const { bytes, opcode } = about;
    // A reply over HTTP is for who joins; what is measured there comes another way.
    if (about.http) return this.#client.interpreter?.item(atUs, about);
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const isBinary = opcode === undefined ? undefined : opcode === 'binary';
    this.#around.message(this.#client.index, buffer, 0, buffer.length, isBinary, atUs);
    this.#around.afterRead(atUs);
  }

  closed(atUs: number, about: Parameters<ConnectionSink['closed']>[1]): void {
    if (!this.#isCurrent) return;
    this.#client.open = false;
    this.#client.interpreter?.closed(atUs, about);
    this.#around.ended(this.#client, this.#client.ending ? 'us' : 'target');
  }

  note(atUs: number, text: string): void {
    if (this.#isCurrent) this.#client.interpreter?.note(atUs, text);
  }
}

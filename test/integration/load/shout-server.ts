/** A server of the protocol Shout that tells the truth, or lies exactly as it is told. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** One delivery that is about to be made: message n (from 1) of a room to receiver k (in the order of entering, from 0) of it. */
export interface Delivery {
  readonly room: number;
  readonly n: number;
  readonly receiver: number;
  readonly text: string;
  deliver(text?: string): void;
  /** To the receiver of this number in the other room. */
  elsewhere(): void;
  /** Ends the receiver's connection. */
  cutOff(): void;
  /** Reads nothing more of the receiver's connection. */
  stopReading(): void;
}

/** Makes the delivery, or does something else. */
export type Manner = (delivery: Delivery) => void;

export const honest: Manner = ({ deliver }) => deliver();

export interface ShoutServer {
  readonly url: string;
  stop(): void;
}

interface Room {
  readonly number: number;
  readonly members: WebSocket[];
  said: number;
}

export interface Door {
  /** Whether somebody may enter: else nothing is answered and the connection ends. */
  enter(): boolean;
  /** Whether who enters is told so; they are if this is left out. */
  answersEntry?(): boolean;
  /** Whether what somebody says is acknowledged; it is if this is left out. */
  acknowledges?(): boolean;
  /** Answers a handshake by calling `letIn`; at once if it is left out. */
  admit?(letIn: () => void): void;
}

export async function startShout(manner: Manner = honest, door: Door = { enter: () => true }): Promise<ShoutServer> {
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    verifyClient: (_info, done) => (door.admit ? door.admit(() => done(true)) : done(true)),
  });
  await once(server, 'listening');
  const rooms = new Map<string, Room>();
  server.on('connection', socket => {
    let own: Room | undefined;
    socket.on('error', () => {});
    socket.on('message', data => {
      const request = JSON.parse(String(data)) as { do: string; id: string; room?: string; text?: string };
      if (request.do === 'enter') {
        if (!door.enter()) return socket.close();
        own = rooms.get(request.room!) ?? { number: rooms.size, members: [], said: 0 };
        rooms.set(request.room!, own);
        own.members.push(socket);
        if (door.answersEntry?.() === false) return;
      }
      if (request.do === 'leave') return socket.close();
      const isAcknowledged = request.do !== 'say' || (door.acknowledges?.() ?? true);
      if (isAcknowledged) socket.send(JSON.stringify({ is: 'done', id: request.id }));
      if (request.do === 'say' && own) shout(own, request.text!);
    });
  });

  function shout(room: Room, text: string): void {
    room.said++;
    for (const [receiver, member] of room.members.entries()) {
      const send = (to: WebSocket | undefined, what = text) => to?.send(JSON.stringify({ is: 'said', text: what }));
      const other = [...rooms.values()].find(each => each !== room);
      manner({
        room: room.number,
        n: room.said,
        receiver,
        text,
        deliver: what => send(member, what),
        elsewhere: () => send(other?.members[receiver]),
        cutOff: () => member.terminate(),
        stopReading: () => member.pause(),
      });
    }
  }

  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/`,
    stop() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

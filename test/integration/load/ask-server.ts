/** A server of the protocol Ask, over HTTP: it answers as it is told, once users have entered. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Question n, from 1, of those who have entered. */
export interface Question {
  readonly n: number;
  readonly id: string;
  answer(status?: number, reply?: object): void;
  /** Ends the connection without a reply. */
  hangUp(): void;
}

export async function startAsk(manner: (question: Question) => void) {
  const server = createServer((request, response) => void take(request, response));
  const sockets = new Set<Socket>();
  server.on('connection', socket => sockets.add(socket.once('close', () => sockets.delete(socket))));
  let asked = 0;

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { do: what, id } = JSON.parse(body) as { do: string; id: string };
    const answer = (status = 200, reply: object = { is: 'done', id }) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
    if (what === 'enter') answer();
    else manner({ n: ++asked, id, answer, hangUp: () => request.socket.destroy() });
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ask`,
    asked: () => asked,
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

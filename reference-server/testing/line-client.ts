/** For tests: a TCP client that hears everything in order: lines, and at last `closed`. */
import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

export type LineClient = Awaited<ReturnType<typeof openLineClient>>;

export async function openLineClient(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port), noDelay: true });
  const heard: string[] = [];
  const arrivals = new EventEmitter();
  const push = (what: string): void => {
    heard.push(what);
    arrivals.emit('arrival');
  };
  createInterface({ input: socket, crlfDelay: 0 }).on('line', push);
  socket.on('error', () => {});
  socket.on('close', () => push('closed'));
  await once(socket, 'connect');

  async function next(): Promise<string> {
    while (heard.length === 0) await once(arrivals, 'arrival');
    return heard.shift()!;
  }
  return {
    socket,
    next,
    say: (what: object | string) => socket.write(`${typeof what === 'string' ? what : JSON.stringify(what)}\n`),
    /** What follows is the answer to this. */
    async ask(what: object | string): Promise<unknown> {
      this.say(what);
      return JSON.parse(await next());
    },
  };
}

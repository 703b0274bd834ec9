/**
 * The least that is a chat server: opens WebSockets by hand, answers, and sends what one says to everybody, in as many processes as it is
 * told (`--workers 2`), so that it has more connections than one process may. Prints its URL. Not a server to learn from.
 */
import cluster from 'node:cluster';
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { argv } from 'node:process';

const workers = Number(argv[argv.indexOf('--workers') + 1] ?? 1);

if (cluster.isPrimary) {
  cluster.schedulingPolicy = cluster.SCHED_RR;
  process.on('disconnect', () => process.exit());
  for (let k = 0; k < workers; k++) cluster.fork();
  cluster.on('message', (from, message) => {
    if (message.port) return from.id === 1 && console.log(`ws://127.0.0.1:${message.port}/`);
    for (const each of Object.values(cluster.workers)) if (each !== from) each.send(message);
  });
  cluster.on('exit', () => process.exit(1));
} else {
  serve();
}

function serve() {
  const sockets = new Set();
  const toAll = frame => {
    for (const socket of sockets) socket.write(frame);
  };
  process.on('message', ({ said }) => said && toAll(frameOf(said)));
  process.on('disconnect', () => process.exit());
  const server = createServer({ noDelay: true }, socket => {
    let rest = Buffer.alloc(0);
    let open = false;
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', data => {
      rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
      if (!open) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        const key = /sec-websocket-key: (\S+)/i.exec(rest.toString('latin1', 0, end))[1];
        const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
        );
        open = true;
        sockets.add(socket);
        rest = rest.subarray(end + 4);
      }
      for (let length = lengthOf(rest); length !== undefined && rest.length >= length; length = lengthOf(rest)) {
        handle(rest.subarray(0, length), socket);
        rest = Buffer.from(rest.subarray(length));
      }
    });
  });
  function handle(frame, socket) {
    if ((frame[0] & 0x0f) === 8) return socket.end();
    const at = (frame[1] & 0x7f) === 126 ? 4 : 2;
    const payload = frame.subarray(at + 4).map((byte, k) => byte ^ frame[at + (k & 3)]);
    const request = JSON.parse(Buffer.from(payload).toString());
    socket.write(frameOf(JSON.stringify({ is: 'done', id: request.id })));
    const said = JSON.stringify({ is: 'said', text: request.text });
    if (request.do === 'echo') socket.write(frameOf(said));
    if (request.do !== 'say') return;
    toAll(frameOf(said));
    process.send({ said });
  }
  server.listen(0, '127.0.0.1', 4096, () => process.send({ port: server.address().port }));
}

/** Of the first frame, masked and at most 64 KB long; undefined if not even that has come. */
function lengthOf(bytes) {
  if (bytes.length < 4) return undefined;
  const length = bytes[1] & 0x7f;
  return length === 126 ? 8 + bytes.readUInt16BE(2) : 6 + length;
}

function frameOf(text) {
  const payload = Buffer.from(text);
  const header = payload.length < 126 ? [0x81, payload.length] : [0x81, 126, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from(header), payload]);
}

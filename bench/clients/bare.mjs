/**
 * The least that Node can do: it opens WebSockets and counts bytes, in one buffer and one callback for all.
 *
 *   node bench/clients/bare.mjs PORT CLIENTS
 */
import { connect } from 'node:net';

const [port, clients] = process.argv.slice(2).map(Number);
const buffer = Buffer.allocUnsafeSlow(65_536);
const request =
  'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
let bytesRead = 0;
const onread = {
  buffer,
  callback(bytes) {
    bytesRead += bytes;
    return true;
  },
};

for (let k = 0; k < clients; k++) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
  socket.on('connect', () => socket.write(request));
}
process.on('SIGTERM', () => {
  console.log(JSON.stringify({ bytesRead }));
  process.exit();
});

/**
 * What most people write: `ws`, with JSON.parse of each message, which is asked for its mark.
 *
 *   node bench/clients/ws-json.mjs PORT CLIENTS
 */
import { WebSocket } from 'ws';

const [port, clients] = process.argv.slice(2).map(Number);
let received = 0;
let marked = 0;

for (let k = 0; k < clients; k++) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
  socket.on('message', bytes => {
    received++;
    if (JSON.parse(bytes).data.mark.length === 25) marked++;
  });
}
process.on('SIGTERM', () => {
  console.log(JSON.stringify({ received, marked }));
  process.exit();
});

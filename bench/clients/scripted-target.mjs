/**
 * A target of the protocol of `wire` that delivers late, as a script says, and writes down when it wrote what. On SIGTERM it prints, for
 * each message: when it was due (the clock of the run, us), when it came, and when it was written to each receiver (its own clock, us).
 *
 *   node bench/clients/scripted-target.mjs constant | bimodal | stall
 */
import { WebSocketServer } from 'ws';
import { readMarker, viewOf } from '../../dist/src/load/hot-path/marker.js';

const nowUs = () => Number(process.hrtime.bigint()) / 1_000;
const told = [];
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
let chance = 1;

/** Milliseconds by which a receiver is served late. */
const delays = {
  constant: () => 20,
  // Seven in ten take 5 to 7 ms, the others 60 to 70 ms: no percentile that is compared lies between.
  bimodal: () => (random() < 0.7 ? 5 + 2 * random() : 60 + 10 * random()),
  stall: () => 0,
};
const delayMs = delays[process.argv[2]];

server.on('listening', () => console.log(JSON.stringify({ port: server.address().port })));
server.on('connection', socket => {
  socket.on('message', data => {
    const cameUs = nowUs();
    const request = JSON.parse(String(data));
    if (request.do === 'say') return relay(socket, request.text, cameUs);
    socket.send(JSON.stringify({ is: 'done', id: request.id }));
  });
});
// It reads and writes nothing for a while, again and again.
if (process.argv[2] === 'stall') {
  const forever = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.wait(forever, 0, 0, 300), 1_700);
}
process.on('SIGTERM', () => process.stdout.write(JSON.stringify(told), () => process.exit()));

function relay(from, mark, cameUs) {
  const fields = { dueUs: 0 };
  readMarker(viewOf(Buffer.from(mark)), 0, fields);
  const writtenUs = [];
  told.push({ dueUs: fields.dueUs, cameUs, writtenUs });
  const text = JSON.stringify({
    data: { topic: 'grp000', from: 'usr00', ts: '2017-08-09T00:44:47.484Z', seq: told.length, mark, content: '' },
  });
  for (const receiver of server.clients) {
    if (receiver === from) continue;
    const write = () => {
      writtenUs.push(nowUs());
      receiver.send(text);
    };
    const ms = delayMs();
    if (ms === 0) write();
    else setTimeout(write, ms);
  }
}

/** The same in each run: in [0, 1). */
function random() {
  chance = (chance * 16_807) % 2_147_483_647;
  return chance / 2_147_483_647;
}

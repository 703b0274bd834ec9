/**
 * Our fast path with everything on, against a stream that nobody publishes: sockets opened by `ws` and read by us, the mark found, the
 * receipt entered into the ledger, one message in a thousand read in full. What the worker of a load does, but for the publishing.
 *
 *   node bench/clients/hot.mjs PORT CLIENTS TAG MESSAGES
 */
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { openUrlTarget } from '../../dist/src/conformance/target/open-target.js';
import { createInbox } from '../../dist/src/load/engine/inbox.js';
import { createLoadClient, openerOf } from '../../dist/src/load/engine/load-client.js';
import { readLoadRules } from '../../dist/src/load/engine/load-rules.js';
import { createHotOpener } from '../../dist/src/load/hot-path/hot-websocket.js';
import { createMarkerFinder } from '../../dist/src/load/hot-path/marker-finder.js';
import { createLedger, noteSent } from '../../dist/src/load/ledger/ledger.js';
import { foldTimings } from '../../dist/src/load/ledger/timings.js';
import { groundOf } from '../../dist/src/suites/ground.js';
import { loadSuite } from '../../dist/src/suites/load-suite.js';

const [port, count, , messages] = process.argv.slice(2).map(Number);
const tag = process.argv[4];
const url = `ws://127.0.0.1:${port}/`;
const suite = await loadSuite(fileURLToPath(new URL('../wire', import.meta.url)));
const pack = suite.packFor({ limits: {}, timers: {}, values: {}, profile: undefined });
const { header } = openUrlTarget({ pack, url, accountMode: 'token' });

/** Of the machine, so that the server has the same: microseconds. */
const nowUs = () => Math.round(performance.now() * 1_000 + zeroUs);
const zeroUs = Number(process.hrtime.bigint()) / 1_000 - performance.now() * 1_000;
const ledger = createLedger({
  topology: {
    channels: 1,
    clientsOfChannel: count + 1,
    streamsOfChannel: [{ entry: 0, sender: count, receivers: [...new Array(count).keys()] }],
  },
  deadlineUs: Number.POSITIVE_INFINITY,
  tell: fault => console.error(fault),
  answered: () => {},
});
ledger.recordFromUs = 0;
for (let k = 0; k < messages; k++) noteSent(ledger, 0, 0, 0);
const receivers = Array.from({ length: count }, (_, k) => createLoadClient(k, 0, `receiver-${k}`));
const inbox = createInbox({
  clients: receivers,
  ledger,
  finder: createMarkerFinder(tag),
  pack: groundOf({ target: header }, suite).pack,
  rules: readLoadRules(suite.load),
  transport: 'websocket',
  ownStream: stream => stream,
});
let nextDueUs = Number.POSITIVE_INFINITY;
const afterRead = atUs => {
  if (atUs >= nextDueUs) nextDueUs = Number.POSITIVE_INFINITY;
};
const around = {
  gate: { pass: act => act(), leave: () => {} },
  openHot: createHotOpener({ nowUs, message: inbox.message, afterRead }),
  message: inbox.message,
  afterRead,
  ended: () => {},
};
const nothing = { opened() {}, refused: console.error, item() {}, closed() {}, note() {} };
const options = {
  kind: 'websocket',
  url,
  headers: {},
  subprotocols: [],
  pong: true,
  timeoutUs: 30_000_000,
  keepBytes: 0,
};

for (const client of receivers) {
  const sink = { ...nothing, opened: () => (client.interpreter = undefined) };
  openerOf(client, around)('websocket', options, nowUs, sink);
}
setInterval(() => foldTimings(ledger.timings), 1_000);
process.on('SIGTERM', () => {
  console.log(JSON.stringify(ledger.counters));
  process.exit();
});

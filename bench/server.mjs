/**
 * How many deliveries the bundled server makes for one second of its processor time, beside a server that calls `ws.send(text)` for
 * each: one publisher, a thousand subscribers, messages of 200 bytes. Once with one publish at a time, once with eight that wait
 * for each socket. The two servers are measured in turns, each in a process of its own; figures are medians of the pairs' ratios.
 *
 *   node bench/server.mjs [pairs]                  the comparison
 *   node bench/server.mjs --connections 19500      what an idle connection costs the process of the bundled server
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { WebSocket, WebSocketServer } from 'ws';

const self = fileURLToPath(import.meta.url);
const subscribers = 1_000;
const [what, count] = process.argv.slice(2);

if (what === '--serve') await serve(count);
else if (what === '--hold') await hold(count, Number(process.argv[4]));
else if (what === '--connections') await measureConnections(Number(count));
else await compare(Number(what ?? 7));

async function compare(pairs) {
  console.log(`node ${process.version}, load ${loadavg()[0].toFixed(2)}, ${pairs} pairs in turns`);
  for (const together of [1, 8]) {
    const ours = [];
    const plain = [];
    for (let k = 0; k < pairs; k++) {
      for (const [kind, rates] of k % 2 === 0
        ? [
            ['plain', plain],
            ['bundled', ours],
          ]
        : [
            ['bundled', ours],
            ['plain', plain],
          ]) {
        rates.push(await measureRate(kind, together));
      }
    }
    const ratios = ours.map((rate, k) => rate / plain[k]);
    console.log(
      `${together} at once: ws.send ${range(plain)}, bundled ${range(ours)} deliveries for a second of processor time; ${range(ratios, 2)} x`,
    );
  }
}

async function measureRate(kind, together) {
  const { server, url } = await start(kind);
  const publisher = await enter(kind, url, 0);
  const topic = await join(kind, publisher, 'new');
  const clients = [publisher];
  for (let k = 1; k <= subscribers; k += 50) {
    const entering = Array.from({ length: 50 }, async (_, n) => {
      const client = await enter(kind, url, k + n);
      await join(kind, client, topic);
      return client;
    });
    clients.push(...(await Promise.all(entering)));
  }

  let arrived = 0;
  let expected = 0;
  let all = () => {};
  for (const client of clients) {
    client.removeAllListeners('message');
    client.on('message', data => {
      if (data[2] !== 0x64) return; // {"data":…
      arrived++;
      if (arrived === expected) all();
    });
  }
  const round = () =>
    new Promise(resolve => {
      expected += together * clients.length;
      all = resolve;
      publisher.socket.cork();
      for (let k = 0; k < together; k++) publisher.send(publishOf(topic));
      publisher.socket.uncork();
    });
  const rounds = together === 1 ? 240 : 60;
  for (let k = 0; k < rounds / 2; k++) await round();
  const before = await cpuUs(server);
  const from = arrived;
  for (let k = 0; k < rounds; k++) await round();
  const usedUs = (await cpuUs(server)) - before;
  await end(server, clients);
  return (arrived - from) / (usedUs / 1e6);
}

async function enter(kind, url, k) {
  let socket;
  const createConnection = options => {
    socket = connect(options);
    return socket;
  };
  const client = new WebSocket(url, { createConnection, perMessageDeflate: false, skipUTF8Validation: true });
  // To write several messages at once.
  client.socket = socket;
  await once(client, 'open');
  if (kind === 'bundled') {
    await ask(client, { hi: { id: '1', ver: '0.13', ua: 'bench' } });
    const secret = Buffer.from(`user${k}:secret${k}`).toString('base64');
    await ask(client, { acc: { id: '2', user: 'new', scheme: 'basic', secret, login: true } });
  }
  return client;
}

/** Resolves with the name of the topic. */
async function join(kind, client, topic) {
  if (kind !== 'bundled') return topic;
  return (await ask(client, { sub: { id: '3', topic } })).ctrl.topic;
}

async function ask(client, request) {
  const answered = once(client, 'message');
  client.send(JSON.stringify(request));
  const answer = JSON.parse((await answered)[0]);
  if (answer.ctrl.code >= 300) throw new Error(`expected success, got ${JSON.stringify(answer)}`);
  return answer;
}

function publishOf(topic) {
  return JSON.stringify({ pub: { id: '4', topic, content: 'x'.repeat(200) } });
}

async function measureConnections(connections) {
  const { server, url } = await start('bundled');
  const before = await memoryKb(server);
  const holders = [];
  const each = 5_000;
  for (let left = connections; left > 0; left -= each) {
    const holder = fork(self, ['--hold', url, String(Math.min(left, each))]);
    const [{ open }] = await once(holder, 'message');
    if (open !== Math.min(left, each)) throw new Error(`expected ${Math.min(left, each)} connections, got ${open}`);
    holders.push(holder);
  }
  const after = await memoryKb(server);
  console.log(
    `${connections} connections: ${((after - before) / connections).toFixed(1)} KB of the process for each, ${Math.round(after / 1024)} MB in all`,
  );
  for (const holder of holders) holder.kill();
  server.kill();
}

/** In a process of its own: opens so many connections, says how many, and keeps them. */
async function hold(url, connections) {
  let open = 0;
  for (let k = 0; k < connections; k += 50) {
    const opening = Array.from({ length: Math.min(50, connections - k) }, async () => {
      const client = new WebSocket(url, { perMessageDeflate: false });
      await once(client, 'open');
      open++;
    });
    await Promise.allSettled(opening);
  }
  process.send({ open });
}

async function start(kind) {
  const server = fork(self, ['--serve', kind], { execArgv: ['--expose-gc'] });
  const [{ url }] = await once(server, 'message');
  return { server, url };
}

async function end(server, clients) {
  for (const client of clients) client.terminate();
  server.kill();
  await once(server, 'exit');
}

async function cpuUs(server) {
  server.send('cpu');
  const [{ cpu }] = await once(server, 'message');
  return cpu;
}

async function memoryKb(server) {
  server.send('collect');
  await once(server, 'message');
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]);
}

async function serve(kind) {
  const url = kind === 'plain' ? await servePlain() : await serveBundled();
  process.on('message', what => {
    if (what === 'collect') globalThis.gc();
    const { user, system } = process.cpuUsage();
    process.send({ cpu: user + system });
  });
  process.send({ url });
}

async function serveBundled() {
  const { startReferenceServer } = await import('../dist/reference-server/index.js');
  const { endpoints } = await startReferenceServer('tinode-2017', { demo: true });
  return endpoints[0].url;
}

/** What one writes first: everybody is sent the text. */
async function servePlain() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  let seq = 0;
  server.on('connection', socket => {
    socket.on('message', data => {
      const { pub } = JSON.parse(data);
      socket.send(JSON.stringify({ ctrl: { id: pub.id, code: 202, params: { seq: ++seq } } }));
      const text = JSON.stringify({
        data: { topic: 'grpAAAAAAAAAAA', from: 'usrAAAAAAAAAAA', ts: new Date(), seq, content: pub.content },
      });
      for (const client of server.clients) client.send(text);
    });
  });
  await once(server, 'listening');
  return `ws://127.0.0.1:${server.address().port}/`;
}

function range(figures, digits = 0) {
  const sorted = figures.toSorted((a, b) => a - b);
  const [median, least, most] = [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted.at(-1)].map(figure =>
    digits === 0 ? figure.toPrecision(3) : figure.toFixed(digits),
  );
  return digits === 0 ? Number(median).toLocaleString('en') : `${median} (${least} to ${most})`;
}

import { createServer, type ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { connect, listen, message, type Recorded } from '../../test/integration/transports/recorded-connection.ts';

const session = { at: ['ctrl', 'sid'], query: 'sid' };

/** A server of one session: polls wait for what is said, posts are recorded. */
async function listenPolled(refuse?: string) {
  const posted: string[] = [];
  const polls: string[] = [];
  const queue: string[] = [];
  let waiting: ServerResponse | undefined;
  const hand = () => {
    const text = waiting && queue.shift();
    if (text === undefined) return;
    const answer = waiting!;
    waiting = undefined;
    if (text.startsWith('!')) answer.writeHead(403).end(text.slice(1));
    else answer.end(text);
  };
  const server = createServer((asked, answer) => {
    const url = new URL(asked.url!, 'http://here');
    if (!url.searchParams.has('sid')) {
      answer.writeHead(refuse === undefined ? 201 : 403).end(refuse ?? '{"ctrl":{"sid":"s 1"}}');
    } else if (asked.method === 'POST') {
      let body = '';
      asked.on('data', (piece: Buffer) => {
        body += piece.toString();
      });
      asked.on('end', () => {
        posted.push(`${asked.url} ${body}`);
        if (body === 'too big') answer.writeHead(417).end('no');
        else answer.end();
      });
    } else {
      polls.push(asked.url!);
      waiting = answer;
      hand();
    }
  });
  const port = await listen(server);
  const say = (text: string) => {
    queue.push(text);
    hand();
  };
  return { port, posted, polls, say, server };
}

function connectTo(port: number): Recorded {
  return connect(`http://127.0.0.1:${port}/lp?key=k`, { kind: 'longpoll', session });
}

it('is open when the session is, and each answer to a poll is a message', async () => {
  const target = await listenPolled();
  const client = connectTo(target.port);
  await client.until('opened');
  target.say('one');
  target.say('');
  target.say('two');
  await client.until('item', 2);
  expect(client.texts()).toEqual(['one', 'two']);
  expect(client.story()[1]).toEqual({ what: 'item', text: 'one', opcode: 'text' });
  expect(target.polls[0]).toBe('/lp?key=k&sid=s%201');
});

it('posts what is sent, in order, and an answer that says something is a message with its head', async () => {
  const target = await listenPolled();
  const client = connectTo(target.port);
  await client.until('opened');
  for (const text of ['first', 'second', 'too big'])
    expect(client.connection.write(message(text))).toMatchObject({ ok: true });
  expect(await client.until('item')).toMatchObject({ text: 'no', http: { status: 417 } });
  expect(target.posted).toEqual(['first', 'second', 'too big'].map(text => `/lp?key=k&sid=s%201 ${text}`));
});

it('is refused if there is no session to be had', async () => {
  const refused = connectTo((await listenPolled('go away')).port);
  expect(await refused.until('refused')).toMatchObject({
    code: 'no-session',
    status: 403,
    detail: 'expected a session, came HTTP 403: "go away"',
  });
});

it('is over when the target says that the session is, and tells what it said', async () => {
  const target = await listenPolled();
  const client = connectTo(target.port);
  await client.until('opened');
  target.say('!expired');
  expect(await client.until('closed')).toMatchObject({ by: 'target', status: 403 });
  expect(client.texts()).toEqual(['expired']);
});

it('is over when the connection of a poll ends without an answer', async () => {
  const target = await listenPolled();
  const client = connectTo(target.port);
  await client.until('opened');
  await expect.poll(() => target.polls.length).toBe(1);
  target.server.closeAllConnections();
  expect(await client.until('closed')).toMatchObject({ by: 'target' });
});

it('does not ask while it does not read', async () => {
  const target = await listenPolled();
  const client = connectTo(target.port);
  await client.until('opened');
  target.say('one');
  await client.until('item');
  client.connection.setReading(false);
  target.say('two');
  await client.until('item', 2);
  target.say('three');
  expect(client.connection.write(message('still'))).toMatchObject({ ok: true });
  await expect.poll(() => target.posted.length).toBe(1);
  expect(target.polls).toHaveLength(2);
  client.connection.setReading(true);
  await client.until('item', 3);
  expect(client.texts()).toEqual(['one', 'two', 'three']);
});

it('ends when it is closed, and writes nothing that has no place in a request', async () => {
  const target = await listenPolled();
  const client = connectTo(target.port);
  expect(client.connection.write(message('early'))).toMatchObject({ ok: false, reason: 'the session is not open' });
  await client.until('opened');
  expect(client.connection.write(message('', { opcode: 'ping' }))).toMatchObject({ unfit: true });
  expect(client.connection.write(message('ab', { cutAt: [1] }))).toMatchObject({ unfit: true });
  expect(client.connection.request({ method: 'GET', path: '/', headers: {} })).toMatchObject({ unfit: true });
  client.connection.close({ half: false, abort: false });
  expect(await client.until('closed')).toMatchObject({ by: 'us' });
});

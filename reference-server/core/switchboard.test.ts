import { expect, it } from 'vitest';
import type { Domain } from './domain.ts';
import { createSwitchboard } from './switchboard.ts';

/** A switchboard over sockets that write down what they are told. `bye` closes, `boom` is a defect; the rest is said back. */
function openSwitchboard(options: Partial<Domain> = {}) {
  const told: string[] = [];
  const logged: string[] = [];
  const domain: Domain = {
    connect: connection => [{ kind: 'send', to: [connection], text: 'welcome' }],
    receive(connection, { payload }) {
      const text = String(payload);
      if (text === 'boom') throw new Error('boom');
      if (text === 'bye') return [{ kind: 'close', connection, code: 1000, reason: 'bye' }];
      return [{ kind: 'send', to: [connection], text }];
    },
    answer(_, { path }) {
      if (path === '/boom') throw new Error('boom');
      return { status: 200, text: 'done', outbound: [{ kind: 'send', to: [1], text: 'somebody asked' }] };
    },
    disconnect(connection) {
      told.push(`gone ${connection}`);
      return [];
    },
    ...options,
  };
  const switchboard = createSwitchboard(
    domain,
    {
      send: (to, text) => told.push(`${to}< ${text}`),
      close: (connection, code, reason) => told.push(`close ${connection} ${code} ${reason}`),
      cut: connection => told.push(`cut ${connection}`),
    },
    line => logged.push(line.split('\n', 1)[0]!),
  );
  const open = (connection: number) => switchboard.opened(connection, { path: '/', headers: {} });
  const say = (connection: number, text: string) =>
    switchboard.received(connection, { payload: Buffer.from(text), binary: false });
  const ask = (connection: number, path: string) =>
    switchboard.requested(connection, { method: 'POST', path, headers: {}, body: Buffer.of() }, reply =>
      told.push(`reply ${JSON.stringify(reply)}`),
    );
  return { switchboard, open, say, ask, told, logged };
}

it('carries what arrives to the domain, and what it says to sockets', () => {
  const { open, say, told } = openSwitchboard();
  open(1);
  say(1, 'hello');
  expect(told).toEqual(['1< welcome', '1< hello']);
});

it('tells nothing of a connection that the domain has closed', () => {
  const { switchboard, open, say, told } = openSwitchboard();
  open(1);
  say(1, 'bye');
  say(1, 'more');
  switchboard.closed(1);
  expect(told).toEqual(['1< welcome', 'close 1 1000 bye', 'gone 1']);
});

it('closes for a defect of the domain, and goes on', () => {
  const { open, say, told, logged } = openSwitchboard();
  open(1);
  open(2);
  say(1, 'boom');
  say(2, 'hello');
  expect(told.slice(2)).toEqual(['close 1 1011 internal error', 'gone 1', '2< hello']);
  expect(logged).toEqual(['connection 1: defect of the reference server: Error: boom']);
});

it('cuts a connection that is one too many, until another has gone', () => {
  const { switchboard, open, say, told, logged } = openSwitchboard({ mostConnections: 1 });
  open(1);
  open(2);
  say(2, 'hello');
  switchboard.closed(2);
  switchboard.closed(1);
  open(3);
  expect(told).toEqual(['1< welcome', 'cut 2', 'gone 1', '3< welcome']);
  expect(logged).toEqual(['connection 2: one more than 1']);
});

it('carries out what a request causes before it replies, and tells when its connection has gone', () => {
  const { switchboard, ask, told } = openSwitchboard();
  ask(7, '/');
  ask(7, '/boom');
  switchboard.closed(7);
  expect(told).toEqual(['1< somebody asked', 'reply {"status":200,"text":"done"}', 'reply {"status":500}', 'gone 7']);
});

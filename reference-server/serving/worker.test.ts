import { expect, it } from 'vitest';
import type { FrontSockets } from '../core/front.ts';
import type { ReferenceProtocol } from '../core/protocol.ts';
import type { Arrivals } from '../core/switchboard.ts';
import type { Link } from './link.ts';
import { type Assignment, startWorker } from './worker.ts';
import type { FromWorker } from './worker-messages.ts';

/** A worker whose sockets and link write down what they are told. */
function openWorker({ fails = false } = {}) {
  const told: string[] = [];
  let arrivals: Arrivals | undefined;
  let isFull = false;
  const sockets: FrontSockets = {
    send: (to, text) => told.push(`${to}< ${text}`),
    close: (connection, code) => told.push(`close ${connection} ${code}`),
    cut: connection => told.push(`cut ${connection}`),
    pause: connection => told.push(`pause ${connection}`),
    resume: connection => told.push(`resume ${connection}`),
  };
  const protocol: Pick<ReferenceProtocol, 'openFront'> = {
    async openFront(_, surroundings) {
      if (fails) throw Object.assign(new Error('taken'), { code: 'cannot-listen' });
      arrivals = surroundings.attach(sockets);
      told.push(`ids ${surroundings.nextId()} ${surroundings.nextId()}`);
      return { endpoints: [], stop: async () => {} };
    },
  };
  const link: Pick<Link<FromWorker>, 'tell' | 'isFull' | 'end'> = {
    tell: (head, bytes) => told.push(`${JSON.stringify(head)} ${Buffer.from(bytes ?? [])}`.trimEnd()),
    isFull: () => isFull,
    end: () => told.push('end'),
  };
  const settings = { faults: [], variants: ['v'], host: '127.0.0.1', port: 0 };
  const assignment = { settings, index: 1, workers: 3 } as unknown as Assignment;
  const worker = startWorker(protocol as ReferenceProtocol, assignment, link as Link<FromWorker>);
  return {
    worker,
    told,
    arrivals: () => arrivals!,
    fill: (full: boolean) => {
      isFull = full;
    },
  };
}

const turn = () => new Promise(resolve => setImmediate(resolve));
const none = Buffer.of();

it('names its connections apart from those of others, and tells that it listens', async () => {
  const { told } = openWorker();
  await turn();
  expect(told).toEqual(['ids 4 7', '{"kind":"listening","endpoints":[]}']);
});

it('tells why it does not listen', async () => {
  const { told } = openWorker({ fails: true });
  await turn();
  expect(told).toEqual(['{"kind":"failed","message":"taken","code":"cannot-listen"}']);
});

it('does with its sockets what it is told, and says at the end what fired', async () => {
  const { worker, told } = openWorker();
  await turn();
  told.length = 0;
  worker.hear({ kind: 'send', to: [4] }, Buffer.from('ü'));
  worker.hear({ kind: 'close', connection: 4, code: 1000, reason: '' }, none);
  worker.hear({ kind: 'cut', connection: 7 }, none);
  worker.hear({ kind: 'stop' }, none);
  await turn();
  expect(told).toEqual(['4< ü', 'close 4 1000', 'cut 7', '{"kind":"stopped","fired":{"v":0}}', 'end']);
});

it('answers each request with its own reply, in whatever order they come', async () => {
  const { worker, told, arrivals } = openWorker();
  await turn();
  told.length = 0;
  const request = { method: 'POST', path: '/', headers: {}, body: Buffer.from('body') };
  for (const name of ['first', 'second']) {
    arrivals().requested(4, request, reply => told.push(`${name} ${JSON.stringify(reply)}`));
  }
  worker.hear({ kind: 'reply', request: 2, status: 204, hasText: false }, none);
  worker.hear({ kind: 'reply', request: 1, status: 200, hasText: true }, Buffer.from('{}'));
  expect(told[0]).toBe(
    '{"kind":"requested","connection":4,"request":1,"about":{"method":"POST","path":"/","headers":{}}} body',
  );
  expect(told.slice(2)).toEqual(['second {"status":204}', 'first {"status":200,"text":"{}"}']);
});

it('reads nothing more of who says something while the domain is behind', async () => {
  const { worker, told, arrivals, fill } = openWorker();
  await turn();
  told.length = 0;
  const say = (connection: number) => arrivals().received(connection, { payload: Buffer.from('x'), binary: false });
  say(4);
  fill(true);
  say(7);
  fill(false);
  worker.drained();
  worker.drained();
  expect(told.filter(line => !line.startsWith('{'))).toEqual(['pause 7', 'resume 7']);
});

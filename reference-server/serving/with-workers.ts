/**
 * The domain in this process, its sockets in others that share one port. All that happens goes through the one domain, in one order,
 * so a publish reaches the subscribers of every worker; what workers take over is the cost of sockets.
 */
import cluster from 'node:cluster';
import { once } from 'node:events';
import { extname } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createBehaviour } from '../core/behaviour.ts';
import { ReferenceServerError, type ReferenceServerErrorCode } from '../core/errors.ts';
import type { HttpReply } from '../core/exchange.ts';
import type { Endpoint, ReferenceProtocol, RunningServer, Settings } from '../core/protocol.ts';
import { createSwitchboard, type Switchboard } from '../core/switchboard.ts';
import { type Link, openLink } from './link.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';
import { createWorkerSockets } from './worker-sockets.ts';

type Arrival = Extract<FromWorker, { kind: 'opened' | 'received' | 'requested' | 'closed' }>;

export async function serveWithWorkers(protocol: ReferenceProtocol, settings: Settings): Promise<RunningServer> {
  const { log, workers: count } = settings;
  const behaviour = createBehaviour(settings.faults, settings.variants);
  const links: Link<ToWorker>[] = [];
  const switchboardOf = (): Switchboard => switchboard;
  const domain = protocol.createDomain(settings, { behaviour, carryOut: items => switchboardOf().carryOut(items) });
  const switchboard = createSwitchboard(domain, createWorkerSockets(links), log);
  const workers = Array.from({ length: count }, (_, index) => forkWorker(index, { count, links, switchboard, log }));

  async function stop(): Promise<void> {
    switchboard.carryOut(domain.sayGoodbye?.() ?? []);
    await Promise.all(workers.map(worker => worker.stop()));
    domain.stop?.();
  }

  const { log: _, ...told } = settings;
  workers.forEach(({ link }, index) => {
    link.tell({ kind: 'assign', protocol: protocol.name, settings: told, index, workers: count });
  });
  try {
    const [endpoints] = await Promise.all(workers.map(worker => worker.listening));
    return {
      endpoints: endpoints!,
      fired: () => sum([behaviour.counts(), ...workers.map(each => each.fired())]),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface WorkerProcess {
  readonly link: Link<ToWorker>;
  readonly listening: Promise<readonly Endpoint[]>;
  fired(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

interface Surroundings {
  readonly count: number;
  /** Of all workers, this one's included once it is forked. */
  readonly links: Link<ToWorker>[];
  readonly switchboard: Switchboard;
  readonly log: (line: string) => void;
}

function forkWorker(index: number, { count, links, switchboard, log }: Surroundings): WorkerProcess {
  cluster.setupPrimary({ exec: entry, args: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc', 'pipe'] });
  const { process: child } = cluster.fork();
  const exited = once(child, 'exit');
  let fired: Readonly<Record<string, number>> = {};
  let isStopping = false;
  let listens: (endpoints: readonly Endpoint[]) => void;
  let fails: (error: Error) => void;
  const listening = new Promise<readonly Endpoint[]>((resolve, reject) => {
    listens = resolve;
    fails = reject;
  });

  const link: Link<ToWorker> = openLink<FromWorker, ToWorker>(child.stdio[pipeDescriptor] as Duplex, {
    heard(message, bytes) {
      if (message.kind === 'listening') listens(message.endpoints);
      else if (message.kind === 'failed') fails(failureOf(message));
      else if (message.kind === 'stopped') fired = message.fired;
      else if (message.kind === 'log') log(message.line);
      else take(switchboard, message, bytes, link);
      // As long as a worker takes less than it is told, nothing is heard of any.
      if (links.some(each => each.isFull())) for (const each of links) each.pause();
    },
    drained() {
      if (!links.some(each => each.isFull())) for (const each of links) each.resume();
    },
    closed() {
      if (isStopping) return;
      log(`worker ${index}: gone, and its connections with it`);
      fails(new ReferenceServerError('worker-failed', 'Expected a worker process that listens, got one that ended.'));
      for (const connection of switchboard.connections()) {
        if (connection % count === index) switchboard.closed(connection);
      }
    },
  });
  links.push(link);
  return {
    link,
    listening,
    fired: () => fired,
    async stop() {
      isStopping = true;
      link.tell({ kind: 'stop' });
      await exited;
    },
  };
}

function take(switchboard: Switchboard, message: Arrival, bytes: Buffer, link: Link<ToWorker>): void {
  switch (message.kind) {
    case 'opened':
      return switchboard.opened(message.connection, message.opening);
    case 'received':
      return switchboard.received(message.connection, { payload: bytes, binary: message.binary });
    case 'requested': {
      const { connection, request, about } = message;
      const reply = ({ status, text }: HttpReply): void => {
        const hasText = text !== undefined;
        link.tell({ kind: 'reply', request, status, hasText }, hasText ? Buffer.from(text) : undefined);
      };
      return switchboard.requested(connection, { ...about, body: bytes }, reply);
    }
    case 'closed':
      return switchboard.closed(message.connection);
  }
}

function failureOf({ message, code }: Extract<FromWorker, { kind: 'failed' }>): ReferenceServerError {
  return new ReferenceServerError((code ?? 'worker-failed') as ReferenceServerErrorCode, message);
}

function sum(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const each of counts) for (const [name, count] of Object.entries(each)) total[name] = (total[name] ?? 0) + count;
  return total;
}

const entry = fileURLToPath(new URL(`../worker-process${extname(import.meta.url)}`, import.meta.url));
/** Behind standard input, output, errors and the channel of the cluster. */
const pipeDescriptor = 4;

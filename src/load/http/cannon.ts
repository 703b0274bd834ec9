/**
 * autocannon as what carries requests: it opens connections, sends on each as soon as it was answered, and reads replies. What is sent,
 * and what is counted and timed, is ours: of its own figures nothing is used.
 */
import type { Instance, Options } from 'autocannon';
import type { ConnectOptions } from '../../transports/connection.ts';
import { type Exchanges, isGood } from './exchanges.ts';
import type { Asker, RequestMaker } from './request-maker.ts';

export interface CannonOptions {
  readonly connect: Omit<ConnectOptions, 'timeoutUs'>;
  readonly askers: readonly Asker[];
  readonly maker: RequestMaker;
  readonly exchanges: Exchanges;
  readonly deadlineUs: number;
  /** An end that never comes: it is stopped. */
  readonly longestUs: number;
  readonly nowUs: () => number;
  /** Something of ours: a request that cannot be built. */
  readonly broken: (thrown: unknown) => void;
  /** No connection gets a reply any more. */
  readonly gone: () => void;
}

export interface Cannon {
  stop(): void;
}

export async function fireCannon(options: CannonOptions): Promise<Cannon> {
  const { connect, askers, maker, exchanges, deadlineUs, longestUs, nowUs, broken, gone } = options;
  // Loaded here, because only this kind of load needs it.
  const { default: autocannon } = await import('autocannon');
  let begun = 0;
  let lastBody = '';
  /** Connections in a row that ended without a reply. */
  let endedInVain = 0;
  let stopped = false;

  function noteEnd(): void {
    endedInVain++;
    if (endedInVain === leastInVain + askers.length) gone();
  }

  function follow(client: AutocannonClient, asker: Asker): void {
    client.on('request', () => {
      if (stopped) return;
      const atUs = nowUs();
      // It asks anew, though it was not answered: the connection has ended, or the deadline is over.
      if (asker.asked) {
        if (atUs - asker.asked.sentAtUs < deadlineUs) noteEnd();
        exchanges.unanswered(asker, atUs);
      }
      try {
        const body = maker.next(asker);
        client.setBody(body as string); // bytes are as good to it
        exchanges.sent(asker, nowUs(), Buffer.byteLength(body));
      } catch (thrown) {
        broken(thrown);
      }
    });
    client.on('response', (status: number, sizeBytes: number) => {
      if (stopped) return;
      const atUs = nowUs();
      endedInVain = 0;
      const worth = isGood(status) ? maker.judge(asker, lastBody) : {};
      exchanges.replied(asker, atUs, { status, sizeBytes, ...worth });
    });
    client.on('connError', () => {
      if (stopped) return;
      noteEnd();
      exchanges.failed(asker, nowUs());
    });
  }

  const shots: Options = {
    url: connect.url,
    connections: askers.length,
    duration: Math.ceil(longestUs / 1e6),
    timeout: Math.max(1, Math.ceil(deadlineUs / 1e6)),
    // How soon it sees that it was stopped.
    sampleInt: 100,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...connect.headers },
        // Called just before `response`, which does not have the body.
        onResponse(_, body) {
          lastBody = body;
        },
      },
    ],
    setupClient: client => follow(client as unknown as AutocannonClient, askers[begun++]!),
  };
  const running = await new Promise<Instance>((resolve, reject) => {
    const instance = autocannon(shots, error => {
      if (error) reject(error);
    });
    // Options that it does not take it tells before this.
    resolve(instance);
  });
  return {
    stop() {
      stopped = true;
      running.stop();
    },
  };
}

/** What we use of a connection of autocannon. */
interface AutocannonClient {
  on(event: 'request' | 'connError', hear: () => void): void;
  on(event: 'response', hear: (status: number, sizeBytes: number) => void): void;
  setBody(body: string): void;
}

/** A server that restarts ends connections, too. */
const leastInVain = 200;

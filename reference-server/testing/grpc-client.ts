/** For tests: a client of the session loop of Tinode, on a connection of its own. */
import { Client, type ClientDuplexStream, credentials, type StatusObject } from '@grpc/grpc-js';
import type { RunningServer } from '../core/protocol.ts';

export interface GrpcLoop {
  readonly call: ClientDuplexStream<Buffer, Buffer>;
  /** In the order in which they came, at last the status: `ended 0`. */
  next(): Promise<Buffer | string>;
  close(): void;
}

export function openGrpcLoop(server: RunningServer): GrpcLoop {
  const client = new Client(grpcAddress(server), credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 });
  const asItIs = (bytes: Buffer) => bytes;
  const call = client.makeBidiStreamRequest('/pbx.Node/MessageLoop', asItIs, asItIs);
  const heard: (Buffer | string)[] = [];
  const waiting: ((what: Buffer | string) => void)[] = [];
  const push = (what: Buffer | string) => {
    const waiter = waiting.shift();
    if (waiter) waiter(what);
    else heard.push(what);
  };
  call.on('data', push);
  call.on('status', ({ code }: StatusObject) => push(`ended ${code}`));
  call.on('error', () => {});
  return {
    call,
    next() {
      const first = heard.shift();
      return first === undefined ? new Promise(resolve => waiting.push(resolve)) : Promise.resolve(first);
    },
    close: () => client.close(),
  };
}

export function grpcAddress({ endpoints }: RunningServer): string {
  return new URL(endpoints.find(({ transport }) => transport === 'grpc')!.url).host;
}

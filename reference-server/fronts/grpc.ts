/** gRPC on a port of its own. What calls there are, and what they carry, is said elsewhere. */
import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { cannotListen, urlHost } from './listening.ts';

export interface GrpcFrontOptions {
  readonly host: string;
  readonly port: number;
  /** A longer message ends its call. */
  readonly messageBytes: number;
  /** How long calls may take to end when the server stops. */
  readonly closeMs: number;
  readonly services: readonly GrpcService[];
}

export interface GrpcService {
  readonly definition: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
}

export interface GrpcFront {
  readonly url: string;
  stop(): Promise<void>;
}

export async function serveGrpc({ host, port, messageBytes, closeMs, services }: GrpcFrontOptions): Promise<GrpcFront> {
  const server = new Server({ 'grpc.max_receive_message_length': messageBytes });
  for (const { definition, implementation } of services) server.addService(definition, implementation);
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const boundPort = await new Promise<number>((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(cannotListen(host, port, error)) : resolve(bound),
    );
  });
  return {
    url: `grpc://${urlHost(host)}:${boundPort}`,
    async stop() {
      const cut = setTimeout(() => server.forceShutdown(), closeMs);
      await new Promise<void>(resolve => server.tryShutdown(() => resolve()));
      clearTimeout(cut);
    },
  };
}

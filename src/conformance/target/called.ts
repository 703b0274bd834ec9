import { keepBytes } from '../../drive/connect-options.ts';
import type { Pack, TransportProfile } from '../../foundation/pack.ts';
import { parseEndpoint } from '../../transports/endpoint.ts';
import { type CallListener, listenForCalls } from '../../transports/grpc-calls.ts';

/** By transport. */
export type CallListeners = ReadonlyMap<string, CallListener>;

/** Listens wherever the target is to call us: on gRPC transports of `role: server` that it has an endpoint for. */
export function listenForTarget(pack: Pack, endpoints: Readonly<Record<string, string>> = {}): CallListeners {
  const called = calledTransports(pack).filter(({ name }) => endpoints[name]);
  return new Map(
    called.map(({ name, path = '' }) => [
      name,
      listenForCalls(parseEndpoint('grpc', endpoints[name]!), path, keepBytes),
    ]),
  );
}

export interface BundledCalls {
  readonly listeners: CallListeners;
  readonly endpoints: Readonly<Record<string, string>>;
  /** The options with addresses in the place of their references. */
  readonly serve: readonly string[];
}

/** Listens on a free port for each transport that the options of the bundled server name as `$(called.plugin)`. */
export async function listenForBundled(pack: Pack, serve: readonly string[]): Promise<BundledCalls> {
  const called = calledTransports(pack).filter(({ name }) => serve.includes(referenceTo(name)));
  const listeners = new Map(
    called.map(({ name, path = '' }) => [name, listenForCalls({ host: '127.0.0.1', port: 0 }, path, keepBytes)]),
  );
  const urls = await Promise.all([...listeners].map(async ([name, { url }]) => [name, await url] as const));
  const addresses = new Map(urls.map(([name, url]) => [referenceTo(name), new URL(url).host]));
  return {
    listeners,
    endpoints: Object.fromEntries(urls),
    serve: serve.map(option => addresses.get(option) ?? option),
  };
}

function calledTransports(pack: Pack): readonly TransportProfile[] {
  return [...pack.transports.values()].filter(({ role, kind }) => role === 'server' && kind === 'grpc');
}

function referenceTo(transport: string): string {
  return `$(called.${transport})`;
}

import { keepBytes } from '../../drive/connect-options.ts';
import type { Pack } from '../../foundation/pack.ts';
import { type CallListener, listenForCalls } from '../../transports/grpc-calls.ts';

/** Listens wherever the target is to call us: on gRPC transports of `role: server` that it has an endpoint for. */
export function listenForTarget(
  pack: Pack,
  endpoints: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, CallListener> {
  const called = [...pack.transports.values()].filter(
    ({ name, role, kind }) => role === 'server' && kind === 'grpc' && endpoints[name],
  );
  return new Map(called.map(({ name, path = '' }) => [name, listenForCalls(endpoints[name]!, path, keepBytes)]));
}

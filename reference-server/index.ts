import { ReferenceServerError } from './core/errors.ts';
import type { ProtocolDescription, ReferenceServerOptions, RunningServer } from './core/protocol.ts';
import { requireName, resolveSettings } from './core/settings.ts';
import { type NullBehaviour, nullBehaviours } from './null/behaviours.ts';
import { startNullServer } from './null/start.ts';
import { findProtocol, referenceProtocols } from './protocols.ts';
import { serveInOneProcess } from './serving/one-process.ts';
import { serveWithWorkers } from './serving/with-workers.ts';

export {
  nullBehaviours,
  type ProtocolDescription,
  ReferenceServerError,
  type ReferenceServerOptions,
  type RunningServer,
  referenceProtocols,
};

/** What may be named when a server of the protocol is started: faults, variants, limits and timers. */
export function describeReferenceProtocol(protocol: string): ProtocolDescription {
  return findProtocol(protocol);
}

/** Resolves once the server listens. Throws a ReferenceServerError for a name or value that it cannot take, and for a port that is taken. */
export async function startReferenceServer(
  protocol: string,
  options: ReferenceServerOptions = {},
): Promise<RunningServer> {
  const found = findProtocol(protocol);
  const settings = resolveSettings(found, options);
  const { nullBehaviour } = options;
  if (nullBehaviour === undefined) {
    return settings.workers === 0 ? serveInOneProcess(found, settings) : serveWithWorkers(found, settings);
  }
  requireName('unknown-null-server', 'a behaviour of a null server', nullBehaviour, Object.keys(nullBehaviours));
  return startNullServer(found, settings, nullBehaviour as NullBehaviour);
}

import { ReferenceServerError } from './core/errors.ts';
import type { ProtocolDescription, ReferenceProtocol, ReferenceServerOptions, RunningServer } from './core/protocol.ts';
import { requireName, resolveSettings } from './core/settings.ts';
import { gradagenda } from './gradagenda/protocol.ts';
import { type NullBehaviour, nullBehaviours } from './null/behaviours.ts';
import { startNullServer } from './null/start.ts';
import { serveInOneProcess } from './serving/one-process.ts';
import { socketChat } from './socket-chat/protocol.ts';
import { thunderMessenger } from './thunder-messenger/protocol.ts';
import { tinode2017 } from './tinode-2017/protocol.ts';

export {
  nullBehaviours,
  type ProtocolDescription,
  ReferenceServerError,
  type ReferenceServerOptions,
  type RunningServer,
};

const protocols: ReadonlyMap<string, ReferenceProtocol> = new Map(
  [gradagenda, socketChat, thunderMessenger, tinode2017].map(protocol => [protocol.name, protocol]),
);

export const referenceProtocols: readonly string[] = [...protocols.keys()];

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
  if (nullBehaviour === undefined) return serveInOneProcess(found, settings);
  requireName('unknown-null-server', 'a behaviour of a null server', nullBehaviour, Object.keys(nullBehaviours));
  return startNullServer(found, settings, nullBehaviour as NullBehaviour);
}

function findProtocol(name: string): ReferenceProtocol {
  requireName('unknown-protocol', 'a protocol that has a reference server', name, referenceProtocols);
  return protocols.get(name)!;
}

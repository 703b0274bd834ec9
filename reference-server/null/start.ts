import { createBehaviour } from '../core/behaviour.ts';
import type { Endpoint, ReferenceProtocol, Refuse, RunningServer, Settings } from '../core/protocol.ts';
import type { Arrivals } from '../core/switchboard.ts';
import { urlHost } from '../fronts/listening.ts';
import type { NullBehaviour } from './behaviours.ts';
import { createNullDomain } from './domain.ts';
import type { NullFront, NullFrontOptions, TransportKind } from './front.ts';
import { serveNullGrpc } from './grpc.ts';
import { serveNullHttp } from './http.ts';
import { serveNullLines } from './lines.ts';
import type { NullDomain } from './reaction.ts';
import { serveNullUdp } from './udp.ts';

/**
 * Opens what the protocol's own server opens. Its front is opened for a moment and asked: so this can never be another list than the
 * real one.
 */
export async function startNullServer(
  protocol: ReferenceProtocol,
  settings: Settings,
  behaviour: NullBehaviour,
): Promise<RunningServer> {
  const { host, log } = settings;
  const endpoints = await endpointsOf(protocol, settings);
  const domain = createNullDomain(behaviour, protocol.refuse ?? refuseAnything, endpoints[0]!.transport);
  let connections = 0;
  const nextConnection = () => {
    log(`null server: connection ${++connections}`);
    return connections;
  };
  const opened: Opened[] = [];
  try {
    for (const together of sharedPorts(endpoints)) {
      const transports = together.map(({ transport, url }) => ({ name: transport, kind: kindOf(url) }));
      const port = settings.port === 0 ? 0 : Number(new URL(together[0]!.url).port);
      const front = await openFront(domain, { host, port, transports, nextConnection });
      opened.push({ front, together });
    }
  } catch (error) {
    await stopAll(opened);
    throw error;
  }
  const ports = new Map(opened.flatMap(({ front, together }) => together.map(each => [each, front.port] as const)));
  return {
    endpoints: endpoints.map(each => ({ transport: each.transport, url: onPort(each.url, host, ports.get(each)!) })),
    fired: () => ({}),
    stop: () => stopAll(opened),
  };
}

interface Opened {
  readonly front: NullFront;
  readonly together: readonly Endpoint[];
}

async function stopAll(opened: readonly Opened[]): Promise<void> {
  await Promise.all(opened.map(({ front }) => front.stop()));
}

async function endpointsOf(protocol: ReferenceProtocol, settings: Settings): Promise<readonly Endpoint[]> {
  const { host, port } = settings;
  const nothing = () => {};
  const deaf: Arrivals = { opened: nothing, received: nothing, requested: nothing, closed: nothing };
  const surroundings = { host, port, behaviour: createBehaviour(), attach: () => deaf, nextId: () => 0, log: nothing };
  const asked = await protocol.openFront(settings, surroundings);
  await asked.stop();
  return asked.endpoints;
}

/** Endpoints that one TCP port serves are opened together; a UDP port of the same number is another. */
function sharedPorts(endpoints: readonly Endpoint[]): readonly (readonly Endpoint[])[] {
  const byPort = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    const key = `${kindOf(endpoint.url) === 'udp' ? 'udp' : 'tcp'} ${new URL(endpoint.url).port}`;
    const together = byPort.get(key);
    if (together) together.push(endpoint);
    else byPort.set(key, [endpoint]);
  }
  return [...byPort.values()];
}

function openFront(domain: NullDomain, options: NullFrontOptions): Promise<NullFront> {
  const { kind } = options.transports[0]!;
  if (kind === 'lines') return serveNullLines(domain, options);
  if (kind === 'grpc') return serveNullGrpc(domain, options);
  if (kind === 'udp') return serveNullUdp(domain, options);
  return serveNullHttp(domain, options);
}

function kindOf(url: string): TransportKind {
  return kinds[new URL(url).protocol]!;
}

const kinds: Readonly<Record<string, TransportKind>> = {
  'ws:': 'websocket',
  'http:': 'http',
  'grpc:': 'grpc',
  'tcp:': 'lines',
  'udp:': 'udp',
};

function onPort(url: string, host: string, port: number): string {
  return url.replace(/^(\w+:\/\/)[^/]*/, `$1${urlHost(host)}:${port}`);
}

/** For a protocol that does not say how it refuses. */
const refuseAnything: Refuse = () => [{ text: '{"error":"not supported"}', status: 501 }];

/** All that clients can connect to: WebSocket, long polling and files on one port, gRPC on the next but one. */
import { randomBytes } from 'node:crypto';
import type { Domain } from '../core/domain.ts';
import type { Front } from '../core/front.ts';
import type { ProtocolFrontSurroundings, Settings } from '../core/protocol.ts';
import type { ConnectionId } from '../core/registry.ts';
import { serveGrpc } from '../fronts/grpc.ts';
import { serveWebSocket } from '../fronts/websocket.ts';
import { admitsKey, writeKeyRefusal } from './api-key.ts';
import type { TinodeDomain } from './domain.ts';
import { cutCode } from './evict-sessions.ts';
import { createFileStore } from './file-store.ts';
import { createDownload, createUpload, type FilesOptions } from './files.ts';
import { createNodeService } from './grpc-front.ts';
import { paths, routeHttp } from './http-front.ts';
import { createLongPoll } from './long-poll.ts';
import type { Plugin } from './plugin.ts';
import { attachThroughPlugin } from './plugin-arrivals.ts';

/** What the front asks besides frames. */
export interface TinodeServerDomain
  extends Domain,
    Pick<TinodeDomain, 'identify' | 'userOf' | 'describeSession' | 'searchOf' | 'setFound'> {
  readonly plugin: Plugin | undefined;
}

/** On a free port too gRPC has its place behind it: a server that is started again on the first port is found on both. */
export async function openFront(settings: Settings, surroundings: ProtocolFrontSurroundings): Promise<Front> {
  for (let tries = surroundings.port === 0 ? freePortTries : 1; ; tries--) {
    try {
      return await openPorts(settings, surroundings);
    } catch (error) {
      if (tries === 1) throw error;
    }
  }
}

/** Linux gives odd ports to servers and even ones to clients: on a machine with many clients the next port is often taken. */
const grpcPortDistance = 2;
/** One port may be free and the other not. */
const freePortTries = 10;

async function openPorts(settings: Settings, surroundings: ProtocolFrontSurroundings): Promise<Front> {
  const { limits, timers, log } = settings;
  const { host, attach } = surroundings;
  const domain = surroundings.domain as TinodeServerDomain | undefined;
  const store = createFileStore(randomBytes);
  const filesFor = (connectionOf: ConnectionOf): FilesOptions => ({
    store,
    uploadBytes: limits.uploadBytes!,
    behaviour: surroundings.behaviour,
    keepMs: timers.upload!,
    identify: identifyBy(domain, connectionOf),
  });
  const front = await serveWebSocket({
    ...surroundings,
    attach: domain?.plugin ? attachThroughPlugin(attach, { domain, plugin: domain.plugin, log }) : attach,
    path: paths.webSocket,
    messageBytes: limits.messageBytes!,
    queueBytes: limits.queueBytes!,
    slowCode: cutCode,
    closeMs: timers.close!,
    inFragments: () => surroundings.behaviour.varies('fragmented-frames'),
    // There is one protocol here: what a client offers is left alone.
    chooseSubprotocol: () => undefined,
    pings: { everyMs: timers.ping!, withinMs: timers.pong! },
    http: shared => {
      const { handle, connectionOf } = createLongPoll(shared, {
        messageBytes: limits.messageBytes!,
        waitMs: timers.poll!,
        keepMs: timers.keep!,
        randomBytes,
      });
      const files = filesFor(connectionOf);
      return routeHttp({ longPoll: handle, upload: createUpload(files), download: createDownload(files), log });
    },
    refuse: request => (admitsKey(request) ? undefined : { status: 403, text: writeKeyRefusal(Date.now()) }),
  });
  const files = filesFor(() => undefined);
  const stop = async (other?: { stop(): Promise<void> }) => {
    await Promise.all([front.stop(), other?.stop()]);
    store.remove();
  };
  try {
    const grpc = await serveGrpc({
      host,
      port: Number(new URL(front.url).port) + grpcPortDistance,
      messageBytes: limits.messageBytes!,
      closeMs: timers.close!,
      services: [createNodeService(front.shared, { queueBytes: limits.queueBytes!, log, files })],
    });
    return { endpoints: [...endpointsOf(front.url), { transport: 'grpc', url: grpc.url }], stop: () => stop(grpc) };
  } catch (error) {
    await stop();
    throw error;
  }
}

function endpointsOf(url: string): Front['endpoints'] {
  const { host } = new URL(url);
  return [
    { transport: 'websocket', url: `${url}?apikey=${demoKey}` },
    { transport: 'longpoll', url: `http://${host}${paths.longPoll}?apikey=${demoKey}` },
    { transport: 'files', url: `http://${host}` },
  ];
}

/** Of a session of long polling, by its name. */
type ConnectionOf = (sid: string) => ConnectionId | undefined;

/** By a secret, or as whoever has logged in to a session of long polling. */
function identifyBy(domain: TinodeServerDomain | undefined, connectionOf: ConnectionOf): FilesOptions['identify'] {
  return (login, sid) => {
    if (!domain) return 'permissionDenied';
    if (login) {
      const secret = Buffer.from(login.secret, 'base64');
      if (secret.toString('base64') !== login.secret) return 'malformed';
      const found = domain.identify(login.scheme, secret);
      return found === 'unknownScheme' ? 'malformed' : found;
    }
    const connection = sid === undefined ? undefined : connectionOf(sid);
    return { user: connection === undefined ? undefined : domain.userOf(connection) };
  };
}

/** Shipped with every server, for clients to begin with. */
const demoKey = 'AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K';

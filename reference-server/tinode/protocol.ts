import { randomBytes } from 'node:crypto';
import type { Domain } from '../core/domain.ts';
import type { Front } from '../core/front.ts';
import type { DomainSurroundings, ProtocolFrontSurroundings, ReferenceProtocol, Settings } from '../core/protocol.ts';
import { serveGrpc } from '../fronts/grpc.ts';
import { createLater } from '../fronts/later.ts';
import { serveWebSocket } from '../fronts/websocket.ts';
import { admitsKey, writeKeyRefusal } from './api-key.ts';
import type { Transport } from './context.ts';
import { createTinode, type TinodeDomain } from './domain.ts';
import { cutCode } from './evict-sessions.ts';
import { faults } from './faults.ts';
import { createFileStore } from './file-store.ts';
import { createDownload, createUpload, type FilesOptions } from './files.ts';
import { createNodeService, loopPath } from './grpc-front.ts';
import { paths, routeHttp } from './http-front.ts';
import { createLongPoll, type LongPoll } from './long-poll.ts';
import { type ProfileName, profiles } from './profile.ts';
import { refuse } from './refuse.ts';
import { variants } from './variants.ts';

export const tinode: ReferenceProtocol = {
  name: 'tinode',
  faults,
  variants,
  generations: Object.keys(profiles),
  limits: {
    messageBytes: {
      description: 'Payload of one message from a client, as hi announces it.',
      defaultValue: 131_072,
      leastValue: 1024,
    },
    subscribers: { description: 'Users in one group.', defaultValue: 128, leastValue: 1 },
    tags: { description: 'Tags of one user, or of one group.', defaultValue: 16, leastValue: 1 },
    uploadBytes: { description: 'Size of one file.', defaultValue: 8_388_608, leastValue: 1 },
    queueBytes: {
      description: 'What may wait for a connection that does not read. Beyond it the connection is closed.',
      defaultValue: 4_194_304,
      leastValue: 4096,
    },
  },
  timers: {
    unload: {
      description: 'From the last session that leaves a topic until others are told that it is off.',
      defaultValue: 4000,
      leastValue: 1,
    },
    agent: {
      description: 'Until others are told that a user is active with another program.',
      defaultValue: 5000,
      leastValue: 1,
    },
    call: { description: 'How long a call rings.', defaultValue: 30_000, leastValue: 1 },
    deletable: {
      description: 'How old a message may be that a member deletes for all.',
      defaultValue: 600_000,
      leastValue: 1,
    },
    ping: { description: 'From one ping to the next.', defaultValue: 49_500, leastValue: 1 },
    pong: { description: 'How long a connection may go without a pong.', defaultValue: 55_000, leastValue: 1 },
    poll: { description: 'How long a poll waits for a frame.', defaultValue: 49_500, leastValue: 1 },
    keep: { description: 'How long a session of long polling may go untouched.', defaultValue: 70_000, leastValue: 1 },
    upload: { description: 'How long a file is kept that is not used.', defaultValue: 3_600_000, leastValue: 1 },
    token: { description: 'How long a token can be used to log in.', defaultValue: 14 * 24 * 3_600_000, leastValue: 1 },
    close: {
      description: 'How long a connection may take to answer a close before it is cut.',
      defaultValue: 1000,
      leastValue: 1,
    },
  },
  isOneProcess: true,
  refuse,
  createDomain,
  openFront,
};

function createDomain(settings: Settings, { behaviour, carryOut }: DomainSurroundings): TinodeServerDomain {
  const { limits, timers } = settings;
  const pending = new Set<() => void>();
  const domain = createTinode({
    roots: settings.users,
    profile: profiles[settings.generation as ProfileName],
    limits: {
      messageBytes: limits.messageBytes!,
      subscribers: limits.subscribers!,
      tags: limits.tags!,
      uploadBytes: limits.uploadBytes!,
    },
    timers: {
      unloadMs: timers.unload!,
      agentMs: timers.agent!,
      callMs: timers.call!,
      deletableMs: timers.deletable!,
      tokenMs: timers.token!,
    },
    behaviour,
    later: createLater(carryOut, pending),
    nowMs: Date.now,
    randomBytes,
  });
  return {
    ...domain,
    connect: (connection, { path }) => domain.connect(connection, transports[path] ?? 'websocket'),
    sayGoodbye: domain.shutDown,
    stop() {
      for (const end of pending) end();
    },
  };
}

/** By the path that opened the connection. */
const transports: Readonly<Record<string, Transport>> = { [paths.longPoll]: 'longpoll', [loopPath]: 'grpc' };

/** What the front asks besides frames. */
type TinodeServerDomain = Domain & Pick<TinodeDomain, 'identify' | 'userOf'>;

async function openFront(settings: Settings, surroundings: ProtocolFrontSurroundings): Promise<Front> {
  const { limits, timers, log } = settings;
  const domain = surroundings.domain as TinodeServerDomain;
  const store = createFileStore(randomBytes);
  const front = await serveWebSocket({
    ...surroundings,
    path: paths.webSocket,
    messageBytes: limits.messageBytes!,
    queueBytes: limits.queueBytes!,
    slowCode: cutCode,
    closeMs: timers.close!,
    inFragments: () => false,
    // There is one protocol here: what a client offers is left alone.
    chooseSubprotocol: () => undefined,
    pings: { everyMs: timers.ping!, withinMs: timers.pong! },
    http: shared => {
      const longPoll = createLongPoll(shared, {
        messageBytes: limits.messageBytes!,
        waitMs: timers.poll!,
        keepMs: timers.keep!,
        randomBytes,
      });
      const files: FilesOptions = {
        store,
        uploadBytes: limits.uploadBytes!,
        keepMs: timers.upload!,
        identify: identifyBy(domain, longPoll),
      };
      return routeHttp({
        longPoll: longPoll.handle,
        upload: createUpload(files),
        download: createDownload(files),
        log,
      });
    },
    refuse: request => (admitsKey(request) ? undefined : { status: 403, text: writeKeyRefusal(Date.now()) }),
  });
  const { host, port } = surroundings;
  const grpc = await serveGrpc({
    host,
    port: port === 0 ? 0 : port + 1,
    messageBytes: limits.messageBytes!,
    closeMs: timers.close!,
    services: [createNodeService(front.shared, { queueBytes: limits.queueBytes!, log })],
  });
  return {
    endpoints: [...endpointsOf(front.url), { transport: 'grpc', url: grpc.url }],
    async stop() {
      await Promise.all([front.stop(), grpc.stop()]);
      store.remove();
    },
  };
}

function endpointsOf(url: string): Front['endpoints'] {
  const { host } = new URL(url);
  return [
    { transport: 'websocket', url: `${url}?apikey=${demoKey}` },
    { transport: 'longpoll', url: `http://${host}${paths.longPoll}?apikey=${demoKey}` },
    { transport: 'files', url: `http://${host}` },
  ];
}

/** By a secret, or as whoever has logged in to a session of long polling. */
function identifyBy(domain: TinodeServerDomain, { connectionOf }: LongPoll): FilesOptions['identify'] {
  return (login, sid) => {
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

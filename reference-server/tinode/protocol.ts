import { randomBytes } from 'node:crypto';
import type { DomainSurroundings, ReferenceProtocol, Settings } from '../core/protocol.ts';
import { createLater } from '../fronts/later.ts';
import type { Transport } from './context.ts';
import { createTinode } from './domain.ts';
import { faults } from './faults.ts';
import { loopPath } from './grpc-front.ts';
import { paths } from './http-front.ts';
import { openFront, type TinodeServerDomain } from './open-front.ts';
import { openPlugin } from './plugin.ts';
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
    plugin: { description: 'How long the plugin may take to answer.', defaultValue: 500, leastValue: 1 },
    token: { description: 'How long a token can be used to log in.', defaultValue: 14 * 24 * 3_600_000, leastValue: 1 },
    close: {
      description: 'How long a connection may take to answer a close before it is cut.',
      defaultValue: 1000,
      leastValue: 1,
    },
  },
  isOneProcess: true,
  hasPlugin: true,
  refuse,
  createDomain,
  openFront,
};

function createDomain(settings: Settings, { behaviour, carryOut }: DomainSurroundings): TinodeServerDomain {
  const { limits, timers, log } = settings;
  const { plugin: address } = settings;
  const plugin = address === undefined ? undefined : openPlugin({ address, withinMs: timers.plugin!, log });
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
    tellPlugin: plugin?.tell,
  });
  return {
    ...domain,
    plugin,
    connect: (connection, { path }) => domain.connect(connection, transports[path] ?? 'websocket'),
    sayGoodbye: domain.shutDown,
    stop() {
      for (const end of pending) end();
      plugin?.close();
    },
  };
}

/** By the path that opened the connection. */
const transports: Readonly<Record<string, Transport>> = { [paths.longPoll]: 'longpoll', [loopPath]: 'grpc' };

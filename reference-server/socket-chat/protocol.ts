import { randomInt } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { OpenPair } from '../core/datagrams.ts';
import type { Domain } from '../core/domain.ts';
import type { Front } from '../core/front.ts';
import type { DomainSurroundings, ProtocolFrontSurroundings, ReferenceProtocol, Settings } from '../core/protocol.ts';
import { openDatagramPair } from '../fronts/datagram-pair.ts';
import { createLater } from '../fronts/later.ts';
import { serveLines } from '../fronts/lines.ts';
import { reachableHost } from '../fronts/listening.ts';
import { createSocketChat } from './domain.ts';
import { faults } from './faults.ts';
import { createFaultySplitter } from './faulty-splitter.ts';
import { refuse } from './refuse.ts';
import { variants } from './variants.ts';

export const socketChat: ReferenceProtocol = {
  name: 'socket-chat',
  hasOneTimePasswords: true,
  faults,
  variants,
  limits: {
    connections: {
      description: 'Connections at once. One more is closed as soon as it comes.',
      defaultValue: 10_000,
      leastValue: 1,
    },
    lineBytes: {
      description: 'Bytes of one line. The document names no limit; without any, one client could fill the memory.',
      defaultValue: 16_777_216,
      leastValue: 1024,
    },
    queueBytes: {
      description: 'What may wait for a connection that does not read. Beyond it the connection is closed.',
      defaultValue: 67_108_864,
      leastValue: 4096,
    },
  },
  timers: {
    call: {
      description: 'How long a call waits for an answer. FORMAT.md, Call Time Out.',
      defaultValue: 30_000,
      leastValue: 1,
    },
    silence: {
      description: 'How long a party of a call may send no datagram before the relay closes.',
      defaultValue: 60_000,
      leastValue: 1,
    },
    close: {
      description: 'How long a connection may take to end after the server has, before it is cut.',
      defaultValue: 1000,
      leastValue: 1,
    },
  },
  createDomain,
  openFront,
  refuse,
};

function createDomain(settings: Settings, { behaviour, carryOut }: DomainSurroundings): Domain {
  const { limits, timers, host, demo, log } = settings;
  const pending = new Set<() => void>();
  const domain = createSocketChat({
    behaviour,
    later: createLater(carryOut, pending),
    openPair: createOpenPair(host, carryOut, pending, log),
    ip: reachableHost(host),
    callMs: timers.call!,
    silenceMs: timers.silence!,
    makePassword: () => (demo ? '0000' : String(randomInt(10_000)).padStart(4, '0')),
    passwordsDiffer: !demo,
    mail: (email, password) => sendMail(settings, email, password),
  });
  return {
    ...domain,
    mostConnections: limits.connections!,
    receive: (connection, { payload }) => domain.receive(connection, payload),
    stop() {
      for (const end of pending) end();
    },
  };
}

async function openFront({ limits, timers }: Settings, surroundings: ProtocolFrontSurroundings): Promise<Front> {
  const { behaviour } = surroundings;
  const front = await serveLines({
    ...surroundings,
    lineBytes: limits.lineBytes!,
    queueBytes: limits.queueBytes!,
    closeMs: timers.close!,
    createSplitter: () => createFaultySplitter(behaviour),
    lineEnd: () => (behaviour.varies('crlf-lines') ? '\r\n' : '\n'),
    inSegments: () => behaviour.varies('lines-in-segments'),
  });
  return { endpoints: [{ transport: 'lines', url: front.url }], stop: front.stop };
}

type CarryOut = DomainSurroundings['carryOut'];

function createOpenPair(host: string, carryOut: CarryOut, pending: Set<() => void>, log: Settings['log']): OpenPair {
  return (route, opened) => {
    const end = openDatagramPair({ host, route, opened: ports => carryOut(opened(ports)), log });
    const close = () => {
      pending.delete(close);
      end();
    };
    pending.add(close);
    return close;
  };
}

/** The mail of a real server: a line in a file that only the operator reads. Written before the client is told that it was sent. */
function sendMail({ otpLog, log }: Settings, email: string, password: string): void {
  if (otpLog === undefined) return;
  try {
    appendFileSync(otpLog, `${email} ${password}\n`);
  } catch (error) {
    log(`one-time passwords: ${(error as Error).message}`);
  }
}

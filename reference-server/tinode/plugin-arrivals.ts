/**
 * What arrives, shown to a plugin first. A connection is served one frame after another, so that what waits for the plugin is not
 * overtaken.
 */
import { randomBytes } from 'node:crypto';
import type { Message } from '../core/domain.ts';
import type { Opening } from '../core/exchange.ts';
import type { FrontSockets } from '../core/front.ts';
import type { Members } from '../core/protobuf.ts';
import type { ConnectionId } from '../core/registry.ts';
import type { Arrivals } from '../core/switchboard.ts';
import type { TinodeDomain } from './domain.ts';
import type { HoseAnswer, Plugin } from './plugin.ts';
import { readFrame } from './requests.ts';

type Attach = (sockets: FrontSockets) => Arrivals;

export interface PluginArrivalsOptions {
  readonly plugin: Plugin;
  readonly domain: Pick<TinodeDomain, 'describeSession' | 'searchOf' | 'setFound'>;
  readonly log: (line: string) => void;
}

/** A connection and what has arrived from it. */
interface Line {
  readonly sid: string;
  readonly address: string;
  /** Resolves when all that has arrived so far is served. */
  served: Promise<void>;
}

export function attachThroughPlugin(attach: Attach, options: PluginArrivalsOptions): Attach {
  return sockets => {
    const lines = new Map<ConnectionId, Line>();
    const arrivals = attach({
      ...sockets,
      close(connection, code, reason) {
        lines.delete(connection);
        sockets.close(connection, code, reason);
      },
    });

    function queue(connection: ConnectionId, serveNext: (line: Line) => Promise<void>): void {
      const line = lines.get(connection);
      if (!line) return;
      const serveIfOpen = async () => {
        if (lines.has(connection)) await serveNext(line);
      };
      line.served = line.served.then(serveIfOpen).catch((error: Error) => {
        options.log(`connection ${connection}: defect of the reference server: ${error.stack}`);
      });
    }

    return {
      requested: arrivals.requested,
      opened(connection: ConnectionId, opening: Opening) {
        const sid = randomBytes(sidBytes).toString('base64url');
        lines.set(connection, { sid, address: opening.address ?? '', served: Promise.resolve() });
        arrivals.opened(connection, opening);
      },
      received: (connection, message) =>
        queue(connection, line => serve(arrivals, sockets, options, { connection, line, message })),
      closed: connection =>
        queue(connection, async () => {
          lines.delete(connection);
          arrivals.closed(connection);
        }),
    };
  };
}

interface Arrived {
  readonly connection: ConnectionId;
  readonly line: Line;
  readonly message: Message;
}

async function serve(
  arrivals: Arrivals,
  sockets: Pick<FrontSockets, 'send'>,
  { plugin, domain }: PluginArrivalsOptions,
  { connection, line, message }: Arrived,
): Promise<void> {
  const session = domain.describeSession(connection);
  const frame = readFrame(textOf(message));
  if (!session || !frame?.request) return arrivals.received(connection, message);
  const { request, extra } = frame;
  const { sid, address } = line;
  const said = await plugin.hose({
    frame: { [request.kind]: request.body, extra },
    session: { ...session, sid, address },
  });
  if (said.verdict === 'drop') return;
  if (said.verdict === 'respond') {
    const text = writeAnswer(said);
    return text === undefined ? undefined : sockets.send([connection], text);
  }
  const kept = said.verdict === 'replace' ? replaced(said) : message;
  await search(plugin, domain, connection, kept);
  arrivals.received(connection, kept);
}

/** What the plugin says to a search waits in the session until the search is served, which is next. */
async function search(
  plugin: Plugin,
  domain: PluginArrivalsOptions['domain'],
  connection: ConnectionId,
  message: Message,
): Promise<void> {
  const asked = domain.searchOf(connection, message);
  if (!asked) return;
  const { verdict, query = '', rows = [] } = await plugin.find(asked);
  if (verdict === 'respond') domain.setFound(connection, { rows });
  else if (verdict !== undefined) domain.setFound(connection, { query: verdict === 'replace' ? query : '' });
}

function textOf({ payload }: Message): string {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString();
}

function replaced({ frame = {} }: HoseAnswer): Message {
  return { payload: Buffer.from(JSON.stringify(frame)), binary: false };
}

/** An answer that no server has given has no time. */
function writeAnswer({ answer = {} }: HoseAnswer): string | undefined {
  const [kind] = Object.keys(answer);
  if (kind === undefined) return undefined;
  const said = answer[kind] as Members;
  return JSON.stringify({ [kind]: { ...missing[kind], ...said } });
}

/** What is always there. */
const missing: Readonly<Record<string, Members>> = {
  ctrl: { params: {}, ts: '0001-01-01T00:00:00Z' },
  data: { ts: '0001-01-01T00:00:00Z' },
};

const sidBytes = 8;

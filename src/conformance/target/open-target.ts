/** The three kinds of target: the bundled reference server, a URL, a target file (language, section 11). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { connectOptionsFor, type TargetReach } from '../../drive/connect-options.ts';
import { withSharedEndpoints } from '../../drive/shared-endpoints.ts';
import type { TargetHeader } from '../../evidence/events.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import type { Pack } from '../../foundation/pack.ts';
import type { ValueObject } from '../../foundation/value.ts';
import type { AccountMode, Configuration, TargetFile } from '../../packs/file-types.ts';
import { parseEndpoint } from '../../transports/endpoint.ts';
import { openConnection } from '../../transports/open-connection.ts';
import { type CallListeners, listenForBundled, listenForTarget } from './called.ts';
import { type ManagedServer, startManaged } from './managed-server.ts';
import { reachOnce } from './reach.ts';
import { askSource } from './source-supply.ts';
import type { Target } from './target.ts';

/** How long a server may take to answer a first connection. */
const reachMs = 5_000;

export interface UrlTargetOptions {
  readonly pack: Pack;
  readonly url: string;
  readonly accountMode: AccountMode;
}

/** Extra knowledge of a target: what a target file or the bundled server says beside its endpoints. */
interface TargetFacts {
  readonly pack: Pack;
  readonly title: string;
  readonly kind: TargetHeader['kind'];
  readonly endpoints: Readonly<Record<string, string>>;
  readonly file: Partial<TargetFile>;
  readonly accountMode: AccountMode;
  readonly capabilities: ValueObject;
  readonly server?: ManagedServer;
  /** By transport: where it calls us. */
  readonly listeners?: CallListeners;
  /** From which relative paths of its sources count. */
  readonly folder: string;
}

/** A URL gives the endpoint of the transport whose kind its scheme names; a bare `host:port` that of the first transport. */
export function openUrlTarget({ pack, url, accountMode }: UrlTargetOptions): Target {
  const failures: unknown[] = [];
  for (const [name, profile] of pack.transports) {
    try {
      parseEndpoint(profile.kind, url);
      return targetOf({
        pack,
        title: url,
        kind: 'url',
        endpoints: { [name]: url },
        file: {},
        accountMode,
        capabilities: {},
        folder: '',
      });
    } catch (error) {
      failures.push(error);
    }
  }
  const known = [...pack.transports.values()].map(({ name, kind }) => `${name} (${kind})`).join(', ');
  throw new AntiphonError(
    'usage',
    'bad-target',
    `A target was expected as a URL for one of the transports of ${pack.name}: ${known}; what came is ${url}. Give a URL that fits, or a target file.`,
    { cause: failures[0] },
  );
}

/** A target file; its `start` command is run first, if it has one. */
export async function openFileTarget(pack: Pack, file: TargetFile): Promise<Target> {
  const { start, endpoints } = placed(file);
  // A server that is being started may call us at once.
  const listeners = listenForTarget(pack, endpoints);
  const server = start ? await startManaged({ pack, command: start, endpoints, file: file.file }) : undefined;
  return targetOf({
    listeners,
    pack,
    title: file.title,
    kind: 'file',
    endpoints: file.endpoints,
    file,
    accountMode: file.accounts.mode,
    capabilities: { ...(server ? { restartable: true } : {}), ...file.capabilities },
    folder: dirname(file.file),
    ...(server ? { server } : {}),
  });
}

export interface BundledTargetOptions {
  readonly pack: Pack;
  /** Command that starts our own `serve`; endpoints are read from its output. */
  readonly command: readonly string[];
  readonly configuration: Configuration;
  /** Where the configuration names none. */
  readonly accountMode: AccountMode;
  /** Hears what the server prints. */
  readonly onLine?: (line: string) => void;
}

/** The bundled reference server, in its own process on a free port, and in a folder of its own for what it writes. */
export async function openBundledTarget(options: BundledTargetOptions): Promise<Target> {
  const { pack, configuration, accountMode, onLine } = options;
  const { name, serve, accounts, sources, limits, timers, values, profile } = configuration;
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-serve-'));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  const called = await listenForBundled(pack, serve);
  const server = await startManaged({
    pack,
    command: [...options.command, ...called.serve],
    endpoints: undefined,
    file: undefined,
    folder,
    ...(onLine && { onLine }),
  }).catch(async error => {
    await stopAll(called.listeners);
    clear();
    throw error;
  });
  return targetOf({
    pack,
    title: `bundled reference server for ${pack.name}, ${name}`,
    kind: 'bundled',
    endpoints: { ...server.endpoints, ...called.endpoints },
    listeners: called.listeners,
    file: {
      sources,
      limits,
      timers,
      values,
      ...(accounts && { accounts }),
      ...(profile === undefined ? {} : { profile }),
    },
    accountMode: accounts?.mode ?? accountMode,
    capabilities: { restartable: true, ...configuration.capabilities },
    server: { ...server, stop: () => server.stop().finally(clear) },
    folder,
  });
}

function targetOf({
  pack,
  title,
  kind,
  endpoints,
  file,
  accountMode,
  capabilities,
  server,
  listeners = new Map(),
  folder,
}: TargetFacts): Target {
  const { limits = {}, timers = {}, values = {}, profile, secrets = new Map<string, string>() } = file;
  const { sources = {}, tls, endpoints: open = endpoints } = placed(file);
  const connections = limits.connections;
  const reach: TargetReach = { endpoints: withSharedEndpoints(pack, open), ...(tls && { tls }) };
  return {
    header: {
      title,
      kind,
      endpoints: withSharedEndpoints(pack, endpoints),
      values,
      limits,
      timers,
      capabilities,
      sources: Object.keys(sources),
      accountMode,
      ...(profile === undefined ? {} : { profile }),
    },
    accounts: file.accounts?.list ?? [],
    secrets,
    connectionLimit: typeof connections === 'number' ? connections : Number.POSITIVE_INFINITY,
    canRestart: server !== undefined,
    processIds: () => [server?.processId()].filter(id => id !== undefined),
    async ensureReachable() {
      for (const [name, url] of Object.entries(open)) {
        const transport = pack.transports.get(name);
        if (transport && transport.role === 'client') await reachOnce(transport.kind, url, reachMs, tls);
      }
    },
    connectOptions: (transport, action) => connectOptionsFor(pack, reach, transport, action),
    reach,
    fetch: (source, parameters) => {
      const supply = sources[source];
      if (!supply)
        throw new AntiphonError(
          'target',
          'no-source',
          `the target was expected to supply the source \`${source}\`; it supplies ${Object.keys(sources).join(', ') || 'none'}`,
        );
      return askSource(source, supply, parameters, folder);
    },
    restart: () => {
      if (!server)
        throw new AntiphonError(
          'target',
          'not-restartable',
          'the target was expected to be one that can be restarted; nothing says how it is started',
        );
      return server.restart();
    },
    openOn: transport => listeners.get(transport)?.open ?? openConnection,
    async stop() {
      await server?.stop();
      await stopAll(listeners);
    },
  };
}

async function stopAll(listeners: CallListeners): Promise<void> {
  await Promise.all([...listeners.values()].map(listener => listener.stop()));
}

/**
 * A target file for connecting and starting, never for a log: secrets in the place of their references, paths counted from the
 * folder of the file.
 */
function placed(file: Partial<TargetFile>): Partial<TargetFile> {
  const { secrets = new Map<string, string>() } = file;
  const open = secrets.size > 0 ? (revealed(file, [...secrets]) as Partial<TargetFile>) : file;
  if (open.file === undefined) return open;
  const folder = dirname(resolve(open.file));
  const from = (path: string) => resolve(folder, path);
  const { start, tls } = open;
  return {
    ...open,
    ...(start && {
      start: {
        ...start,
        cwd: start.cwd === undefined ? folder : from(start.cwd),
        ready: { ...start.ready, ...(start.ready.file === undefined ? {} : { file: from(start.ready.file) }) },
      },
    }),
    ...(tls && {
      tls: Object.fromEntries(
        Object.entries(tls).map(([name, value]) => [name, typeof value === 'string' ? from(value) : value]),
      ),
    }),
  };
}

function revealed(part: unknown, secrets: readonly (readonly [string, string])[]): unknown {
  if (typeof part === 'string')
    return secrets.reduce((text, [reference, value]) => text.replaceAll(reference, value), part);
  if (Array.isArray(part)) return part.map(element => revealed(element, secrets));
  if (typeof part !== 'object' || part === null || part instanceof Map) return part;
  return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, revealed(member, secrets)]));
}

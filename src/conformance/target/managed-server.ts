import { existsSync } from 'node:fs';
import { AntiphonError } from '../../foundation/errors.ts';
import type { Pack } from '../../foundation/pack.ts';
import type { StartCommand } from '../../packs/file-types.ts';
import { parseEndpoint } from '../../transports/endpoint.ts';
import { type Child, startChild } from './child.ts';
import { reach } from './reach.ts';

/** A server that we start, restart and stop. */
export interface ManagedServer {
  readonly endpoints: Readonly<Record<string, string>>;
  /** Of the process that runs now. */
  processId(): number | undefined;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface ManagedOptions {
  readonly pack: Pack;
  /** Of a target file, or the command of our own `serve`. */
  readonly command: StartCommand | readonly string[];
  /** undefined: `serve` prints them. */
  readonly endpoints: Readonly<Record<string, string>> | undefined;
  /** The target file; relative paths count from its folder. */
  readonly file: string | undefined;
  /** Hears what our own `serve` prints. */
  readonly onLine?: (line: string) => void;
  /** In which our own `serve` runs, if not where we do. */
  readonly folder?: string;
}

const serveReadyMs = 20_000;
const serveStopMs = 5_000;
const fileRetryMs = 50;

export async function startManaged(options: ManagedOptions): Promise<ManagedServer> {
  const { pack, command, endpoints, file } = options;
  if (endpoints === undefined) return startServe(command as readonly string[], options);
  const start = command as StartCommand;
  let child: Child | undefined;
  async function up(): Promise<void> {
    child = startChild(start.command, { env: start.env, ...(start.cwd === undefined ? {} : { cwd: start.cwd }) });
    try {
      await waitUntilReady(pack, start, child, endpoints!, file);
    } catch (error) {
      await child.stop('SIGKILL', 1_000);
      throw error;
    }
  }
  const down = () => child?.stop(start.stop.signal as NodeJS.Signals, start.stop.withinUs / 1000) ?? Promise.resolve();
  await up();
  return {
    endpoints,
    processId: () => child?.process.pid,
    async restart() {
      await down();
      await up();
    },
    stop: down,
  };
}

type ServeOptions = Pick<ManagedOptions, 'folder' | 'onLine'>;

/** Our own reference server: it prints `<transport> <url>` for each endpoint, then `ready`. A restart keeps the port. */
async function startServe(command: readonly string[], options: ServeOptions): Promise<ManagedServer> {
  const first = await serveOnce(command, options);
  let { child } = first;
  const ports = Object.values(first.endpoints).map(url => new URL(url).port);
  return {
    endpoints: first.endpoints,
    processId: () => child.process.pid,
    async restart() {
      await child.stop('SIGTERM', serveStopMs);
      ({ child } = await serveOnce([...command, '--port', ports[0]!], options));
    },
    stop: () => child.stop('SIGTERM', serveStopMs),
  };
}

async function serveOnce(
  command: readonly string[],
  { folder, onLine }: ServeOptions,
): Promise<{ child: Child; endpoints: Readonly<Record<string, string>> }> {
  const child = startChild(command, {
    env: {},
    ...(folder !== undefined && { cwd: folder }),
    ...(onLine && { onLine }),
  });
  const endpoints: Record<string, string> = {};
  await child.line(line => {
    const endpoint = /^(\S+) (\S+:\/\/\S+)$/.exec(line);
    if (endpoint) endpoints[endpoint[1]!] = endpoint[2]!;
    return line === 'ready' ? true : undefined;
  }, serveReadyMs);
  return { child, endpoints };
}

async function waitUntilReady(
  pack: Pack,
  start: StartCommand,
  child: Child,
  endpoints: Readonly<Record<string, string>>,
  file: string | undefined,
): Promise<void> {
  const withinMs = start.ready.withinUs / 1000;
  if (start.ready.output !== undefined) {
    const wanted = new RegExp(start.ready.output, 'u');
    await child.line(line => (wanted.test(line) ? true : undefined), withinMs);
    return;
  }
  // A child that ends while we wait ends the wait, with what it printed.
  const ended = child.line<never>(() => undefined, withinMs);
  ended.catch(() => {});
  if (start.ready.file !== undefined) {
    await Promise.race([waitForFile(start.ready.file, withinMs, file), ended]);
    return;
  }
  const transport = start.ready.connect ?? Object.keys(endpoints)[0];
  const url = transport === undefined ? undefined : endpoints[transport];
  const kind = transport === undefined ? undefined : pack.transports.get(transport)?.kind;
  if (url !== undefined && kind !== undefined) await Promise.race([reach(parseEndpoint(kind, url), withinMs), ended]);
}

async function waitForFile(path: string, withinMs: number, file: string | undefined): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!existsSync(path)) {
    if (performance.now() > deadline) {
      throw new AntiphonError(
        'target',
        'target-not-ready',
        `The target was expected to make the file ${path} within ${withinMs} ms${file ? ` (${file})` : ''}; it is not there.`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, fileRetryMs));
  }
}

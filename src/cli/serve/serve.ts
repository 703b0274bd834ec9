import {
  describeReferenceProtocol,
  type RunningServer,
  startReferenceServer,
} from '../../../reference-server/index.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { describeNames } from './describe-names.ts';
import { readConfigFile } from './read-config-file.ts';
import { removeReadyFile, writeReadyFile } from './ready-file.ts';
import { overlayOptions, type ServeOptions } from './serve-options.ts';
import { requireKnownOptions, serverSettings } from './server-settings.ts';
import { waitForEnd } from './wait-for-end.ts';

interface CommandOptions extends ServeOptions {
  readonly config?: string;
  readonly parent?: string;
  readonly list: boolean;
}

/** Starts the reference server of a protocol and ends when it is told to. */
export async function serve(protocol: string, given: CommandOptions, terminal: Terminal): Promise<ExitCode> {
  const description = describeReferenceProtocol(protocol);
  if (given.list) {
    terminal.print(describeNames(description));
    return exitCodes.passed;
  }
  const { config, parent: parentText, list: _, ...above } = given;
  const options = overlayOptions(config === undefined ? {} : readConfigFile(config), above);
  const parent = parentText === undefined ? undefined : readProcessId(parentText);
  requireKnownOptions(description, options);
  const { readyFile, quiet = false } = options;
  if (readyFile !== undefined) removeReadyFile(readyFile);
  const log = (line: string) => quiet || terminal.tell(`${line}\n`);
  const server = await startReferenceServer(
    protocol,
    serverSettings(options, line => void log(line)),
  );
  const ended = waitForEnd({ parent });
  try {
    announce(protocol, server, readyFile, terminal);
    await ended;
  } finally {
    await server.stop();
    if (readyFile !== undefined) removeReadyFile(readyFile);
  }
  tellFired(server, options, terminal);
  return exitCodes.passed;
}

function announce(
  protocol: string,
  { endpoints }: RunningServer,
  readyFile: string | undefined,
  terminal: Terminal,
): void {
  const byTransport = Object.fromEntries(endpoints.map(({ transport, url }) => [transport, url]));
  if (readyFile !== undefined) writeReadyFile(readyFile, { protocol, pid: process.pid, endpoints: byTransport });
  for (const { transport, url } of endpoints) terminal.print(`${transport} ${url}\n`);
  terminal.print('ready\n');
}

/** A fault that never made a difference proves nothing, so it is told either way. */
function tellFired(server: RunningServer, { fault = [], variant = [] }: ServeOptions, terminal: Terminal): void {
  const counts = server.fired();
  const tell = (what: string, name: string) => {
    const count = counts[name] ?? 0;
    terminal.print(
      `${what} ${name} ${count === 0 ? 'never fired' : `fired ${count} ${count === 1 ? 'time' : 'times'}`}\n`,
    );
  };
  for (const name of new Set(fault)) tell('fault', name);
  for (const name of new Set(variant)) tell('variant', name);
}

function readProcessId(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new AntiphonError(
    'usage',
    'bad-parent',
    `Expected the id of a process for --parent, got "${text}". Give a number.`,
  );
}

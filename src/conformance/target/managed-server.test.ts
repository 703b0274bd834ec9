import { describe, expect, test } from 'vitest';
import type { Pack } from '../../foundation/pack.ts';
import { startManaged } from './managed-server.ts';

const pack = { transports: new Map([['lines', { kind: 'lines' }]]) } as unknown as Pack;
const node = (script: string) => [process.execPath, '-e', script];

/** Says where it listens as `serve` does, and who it is. */
const server = `
  const { createServer } = require('node:net');
  const port = Number(process.argv[process.argv.indexOf('--port') + 1] ?? 0) || 0;
  const listening = createServer(socket => socket.end(String(process.pid))).listen(port, '127.0.0.1', () => {
    console.log('lines tcp://127.0.0.1:' + listening.address().port);
    console.log('ready');
  });
  process.on('SIGTERM', () => process.exit(0));`;

describe('a server that we start', () => {
  test('tells its endpoints; a restart is another process on the same port', async () => {
    const managed = await startManaged({
      pack,
      command: [...node(server), '--'],
      endpoints: undefined,
      file: undefined,
    });
    const before = await whoIs(managed.endpoints.lines!);
    await managed.restart();
    const after = await whoIs(managed.endpoints.lines!);
    expect(after).toMatch(/^\d+$/);
    expect(after).not.toBe(before);
    await managed.stop();
    await expect(whoIs(managed.endpoints.lines!)).rejects.toThrow('ECONNREFUSED');
  });

  test('is heard to its last line, over a restart too', async () => {
    const last = "process.on('exit', () => console.log('bye'));";
    const heard: string[] = [];
    const managed = await startManaged({
      pack,
      command: [...node(`${last}${server}`), '--'],
      endpoints: undefined,
      file: undefined,
      onLine: line => heard.push(line),
    });
    await managed.restart();
    await managed.stop();
    const endpoint = `lines ${managed.endpoints.lines}`;
    expect(heard).toEqual([endpoint, 'ready', 'bye', endpoint, 'ready', 'bye']);
  });

  test('that ends instead is told of, with what it printed', async () => {
    const command = node('console.error("no database"); process.exit(3)');
    await expect(startManaged({ pack, command, endpoints: undefined, file: undefined })).rejects.toThrow(
      /; it ended with code 3\. It printed: no database$/,
    );
  });

  test('that does not exist is told of', async () => {
    const command = ['no-such-program-of-ours'];
    await expect(startManaged({ pack, command, endpoints: undefined, file: undefined })).rejects.toThrow(/ENOENT/);
  });

  test('of a target file is ready when a line of its output says so', async () => {
    const command = {
      command: node('console.log("warming up"); console.log("listening on 1"); setInterval(() => {}, 1e6)'),
      env: {},
      ready: { output: '^listening', withinUs: 5e6 },
      stop: { signal: 'SIGKILL', withinUs: 1e6 },
    };
    const managed = await startManaged({ pack, command, endpoints: { lines: '127.0.0.1:1' }, file: 'target.yaml' });
    await managed.stop();
    expect(managed.endpoints).toEqual({ lines: '127.0.0.1:1' });
  });

  test('leaves no listener of this process behind when it has ended', async () => {
    const count = () => ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'].map(name => process.listenerCount(name));
    const before = count();
    const serve = { pack, command: [...node(server), '--'], endpoints: undefined, file: undefined };
    const several = await Promise.all([startManaged(serve), startManaged(serve)]);
    expect(count()).toEqual(before.map(listeners => listeners + 1));
    await several[0]!.restart();
    for (const managed of several) await managed.stop();
    expect(count()).toEqual(before);
  });

  test('that is never ready is ended', async () => {
    const command = {
      command: node('setInterval(() => {}, 1e6)'),
      env: {},
      ready: { output: '^listening', withinUs: 1 },
      stop: { signal: 'SIGTERM', withinUs: 1e6 },
    };
    await expect(startManaged({ pack, command, endpoints: {}, file: 'target.yaml' })).rejects.toThrow(
      /it was not ready within/,
    );
  });
});

async function whoIs(url: string): Promise<string> {
  const { connect } = await import('node:net');
  const { hostname, port } = new URL(url.replace('tcp:', 'http:'));
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(Number(port), hostname);
    socket.setEncoding('utf8').on('data', text => {
      said += text;
    });
    socket.on('end', () => resolve(said)).on('error', reject);
  });
}

import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listenRaw } from './raw-peers.ts';
import { antiphon, logOf, temporaryFolder, testRun } from './run-antiphon.ts';
import { askingOn, writePack, writeTarget } from './small-pack.ts';

/** A port on which nothing listens any more. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('a target that is not there: exit code 3, with address and cause, and nothing was run', () => {
  test.each(['websocket', 'lines', 'http'])('on %s', async transport => {
    const scheme = { websocket: 'ws', lines: 'tcp', http: 'http' }[transport]!;
    const port = await freePort();
    const reports = join(temporaryFolder(), 'reports');
    const pack = writePack({ 'ask.yaml': askingOn(transport) });
    const ended = await antiphon(['test', pack, '--target', `${scheme}://127.0.0.1:${port}`, '--reports', reports]);
    expect(ended).toMatchObject({
      code: 3,
      stdout: '',
      stderr: `error: The target was expected to listen at 127.0.0.1:${port}; a connection to it failed: ECONNREFUSED. Start the server, or give its address with --target.\n`,
    });
    expect(existsSync(reports)).toBe(false);
  });

  test('by a name that nobody has', async () => {
    const pack = writePack({ 'ask.yaml': askingOn('lines') });
    const { code, stderr } = await antiphon(['test', pack, '--target', 'tcp://nowhere.invalid:6969']);
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: expect.stringMatching(/to listen at nowhere\.invalid:6969; a connection to it failed: E/),
    });
  });

  test.each([
    ['ends at once', 'process.exit(7)', 'it ended with code 7'],
    ['is not there', undefined, 'ENOENT'],
    ['is never ready', 'setInterval(() => {}, 1000)', 'it was not ready within 300 ms'],
  ])('whose command %s', async (_, code, why) => {
    const command = code === undefined ? ['/nowhere/server'] : [process.execPath, '-e', code];
    const start = `start: { command: ${JSON.stringify(command)}, ready: { output: ready, within: 300 ms } }\n`;
    const target = writeTarget({ lines: 'tcp://127.0.0.1:1' }, start);
    const ended = await antiphon(['test', writePack({ 'ask.yaml': askingOn('lines') }), '--target', target]);
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 3, stderr: expect.stringContaining(why) });
  });
});

describe('nowhere to write', () => {
  const file = join(temporaryFolder(), 'in-the-way');
  writeFileSync(file, '');

  test.each([file, join(file, 'below'), '/dev/full', '/proc/reports'])(
    'reports in %s: nothing is run',
    async reports => {
      let connections = 0;
      const port = await listenRaw(socket => {
        socket.on('data', () => connections++);
      });
      const pack = writePack({ 'ask.yaml': askingOn('lines') });
      const ended = await antiphon(['test', pack, '--target', `tcp://127.0.0.1:${port}`, '--reports', reports]);
      expect({ code: ended.code, stderr: ended.stderr }).toEqual({
        code: 2,
        stderr: expect.stringMatching(/could not be created: .* Name a folder that can be written; nothing was run\./),
      });
      expect(connections).toBe(0);
    },
  );

  test.each([
    ['/dev/full', 'ENOSPC'],
    ['/proc/reports/junit.xml', 'ENOENT: the system lets nobody make a folder in /proc'],
  ])('a report that cannot be written to %s is said; the run itself is recorded', async (path, why) => {
    const port = await listenRaw(socket => socket.end());
    const reports = temporaryFolder();
    const pack = writePack({ 'ask.yaml': askingOn('lines') });
    const options = ['--target', `tcp://127.0.0.1:${port}`, '--reports', reports, '--reporter', `junit=${path}`];
    const ended = await antiphon(['test', pack, ...options]);
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(`Expected a report that can be written to ${path}, got: ${why}`),
    });
    expect(readdirSync(join(reports, readdirSync(reports)[0]!)).sort()).toEqual([
      'events.jsonl',
      'junit.xml',
      'results.json',
    ]);
  });
});

test('a disk that fills up ends the run with exit code 2; what was logged can be judged', async () => {
  const port = await listenRaw(socket => {
    socket.on('data', bytes => {
      for (const { groups } of String(bytes).matchAll(/"type":"(?<type>\w+)","id":"(?<id>\w+)"/g)) {
        const type = groups!.type === 'ping' ? 'pong' : 'answer';
        socket.write(`{"type":"${type}","id":"${groups!.id}","text":"${'x'.repeat(1_000)}"}\n`);
      }
    });
  });
  const reports = temporaryFolder();
  const pack = writePack({ 'ask.yaml': askingOn('lines') });
  const options = ['--target', `tcp://127.0.0.1:${port}`, '--reports', reports, '--repeat', '200'];
  const ended = await antiphon(['test', pack, ...options], { fileMaxKiB: 64 });
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(
      /The event log .* could not be written: EFBIG.* What came before is kept; free the disk/,
    ),
  });
  const folder = join(reports, readdirSync(reports)[0]!);
  const logged = logOf(folder);
  expect(logged.length).toBeGreaterThan(50);
  const judged = await antiphon(['judge', folder]);
  expect({ code: judged.code, stdout: judged.stdout }).toEqual({
    code: 4,
    stdout: expect.stringContaining(`the event log ends without a footer after line ${logged.length}`),
  });
});

test('what cannot be printed ends nothing: the pipe is closed, the reports are there', async () => {
  const port = await listenRaw(socket => socket.end());
  const run = await testRun([writePack({ 'ask.yaml': askingOn('lines') }), '--target', `tcp://127.0.0.1:${port}`], {
    closePipes: true,
  });
  expect(run.code).toBe(1);
});

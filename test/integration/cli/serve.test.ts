import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { antiphon, mainFile, startAntiphon, temporaryFolder } from './antiphon.ts';

describe('serve', () => {
  it('prints its endpoints, then ready, and ends cleanly on SIGTERM', async () => {
    const server = startAntiphon(['serve', 'gradagenda', '--demo']);
    await server.line(/^ready$/);
    server.process.kill('SIGTERM');
    const { code, stdout, stderr } = await server.ended;
    expect(stdout).toMatch(/^websocket ws:\/\/127\.0\.0\.1:\d+\/\nready\n$/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('ends cleanly on SIGINT, with a client connected', async () => {
    const server = startAntiphon(['serve', 'gradagenda', '--demo']);
    const client = new WebSocket(urlOf(await server.line(/^websocket /)));
    await once(client, 'open');
    server.process.kill('SIGINT');
    await once(client, 'close');
    expect((await server.ended).code).toBe(0);
  });

  it('has a ready file while it is ready', async () => {
    const file = join(await temporaryFolder(), 'ready.json');
    await writeFile(file, 'of an earlier server');
    const server = startAntiphon(['serve', 'gradagenda', '--ready-file', file]);
    const url = urlOf(await server.line(/^websocket /));
    const ready = JSON.parse(await readFile(file, 'utf8'));
    expect(ready).toEqual({ protocol: 'gradagenda', pid: server.process.pid, endpoints: { websocket: url } });
    server.process.kill('SIGTERM');
    await server.ended;
    expect(existsSync(file)).toBe(false);
  });

  it('knows the users that it is given; the last colon parts id and token', async () => {
    const server = startAntiphon(['serve', 'gradagenda', '--user', 'urn:ada:secret']);
    const client = new WebSocket(urlOf(await server.line(/^websocket /)));
    onTestFinished(() => client.terminate());
    await once(client, 'open');
    client.send(
      JSON.stringify({ type: 'authenticate', cdid: '1', 'user-id': 'urn:ada', 'device-id': 'd', token: 'secret' }),
    );
    const [answer] = await once(client, 'message');
    expect(JSON.parse(String(answer))).toMatchObject({ type: 'status-response', status: 'succeeded' });
  });

  it('tells which faults and variants made a difference', async () => {
    const args = [
      'serve',
      'gradagenda',
      '--demo',
      '--fault',
      'speaks-before-auth',
      '--fault',
      'batch-changes-last',
      '--variant',
      'no-texts',
    ];
    const server = startAntiphon(args);
    const client = new WebSocket(urlOf(await server.line(/^websocket /)));
    await once(client, 'message');
    server.process.kill('SIGTERM');
    const { code, stdout } = await server.ended;
    expect(stdout).toContain(
      'fault speaks-before-auth fired 1 time\nfault batch-changes-last never fired\nvariant no-texts ',
    );
    expect(code).toBe(0);
  });

  it('leaves SIGINT to its parent, and ends when that is gone', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'ready.json');
    const script = `
      const { spawn } = require('node:child_process');
      const args = [${JSON.stringify(mainFile)}, 'serve', 'gradagenda', '--parent', String(process.pid), '--ready-file', ${JSON.stringify(file)}];
      spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    let printed = '';
    for await (const chunk of parent.stdout) {
      printed += chunk;
      if (printed.includes('ready\n')) break;
    }
    const { pid, endpoints } = JSON.parse(await readFile(file, 'utf8'));
    process.kill(pid, 'SIGINT');
    expect(await isOpen(endpoints.websocket)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isOpen(endpoints.websocket), { timeout: 10_000 }).toBe(false);
  });

  it('takes its options from a file, under those of the command line', async () => {
    const file = join(await temporaryFolder(), 'server.yaml');
    await writeFile(file, 'demo: true\nhost: 127.0.0.2\ntimer: { close: 500 ms }\nfault: speaks-before-auth\n');
    const server = startAntiphon([
      'serve',
      'gradagenda',
      '--config',
      file,
      '--host',
      '127.0.0.1',
      '--fault',
      'batch-changes-last',
    ]);
    expect(await server.line(/^websocket /)).toContain('//127.0.0.1:');
    server.process.kill('SIGTERM');
    expect((await server.ended).stdout).toContain(
      'fault speaks-before-auth never fired\nfault batch-changes-last never fired\n',
    );
  });

  it('tells all that is wrong in such a file', async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'server.yaml'), 'timers: { close: 1 s }\nport: many\n');
    expect(await antiphon(['serve', 'gradagenda', '--config', 'server.yaml'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: Expected a file with options of serve, got one with mistakes. Correct them:

server.yaml:1:1 error unknown-key: unknown key "timers" in the options of serve
  1 | timers: { close: 1 s }
    | ^^^^^^
  2 | port: many
  → did you mean timer?

server.yaml:2:7 error wrong-type: expected a whole number from 0 to 65535, came the text "many"
  1 | timers: { close: 1 s }
  2 | port: many
    |       ^^^^
  3 |
`,
    });
  });

  it('starts a null server on the endpoints of the protocol', async () => {
    const file = join(await temporaryFolder(), 'server.yaml');
    await writeFile(file, '"null": echo\n');
    const server = startAntiphon(['serve', 'gradagenda', '--config', file]);
    const client = new WebSocket(urlOf(await server.line(/^websocket /)));
    await once(client, 'open');
    client.send('hello');
    expect(String((await once(client, 'message'))[0])).toBe('hello');
    server.process.kill('SIGTERM');
    const { code, stdout } = await server.ended;
    expect(stdout).toMatch(/^websocket ws:\/\/127\.0\.0\.1:\d+\/\nready\n$/);
    expect(code).toBe(0);
  });

  it('lists what may be named', async () => {
    const { code, stdout } = await antiphon(['serve', 'gradagenda', '--list']);
    expect(stdout).toMatch(
      /^gradagenda\n\nFaults: each breaks the requirements that it names\n {2}speaks-before-auth /,
    );
    expect(stdout).toMatch(/\nVariants: other things that the rules allow\n {2}answers-in-batch /);
    expect(stdout).toMatch(/\nNull servers: they know nothing of the protocol\n {2}silent {3}Accepts everything/);
    expect(stdout).toMatch(/\nLimits\n {2}frameBytes {2}.* Default 4096, at least 256\.\n/);
    expect(stdout).toMatch(/\nTimers\n {2}close {2}.* Default 1 s, at least 1 ms\.\n$/);
    expect(code).toBe(0);
  });
});

describe('what serve cannot take', () => {
  const rows: readonly (readonly [readonly string[], string])[] = [
    [
      ['--otp-log', 'otp.txt'],
      'Expected options that gradagenda has, got --otp-log: it has no one-time passwords. Leave it out; `antiphon serve gradagenda --list` shows what there is.',
    ],
    [
      ['--generation', 'r4'],
      'Expected options that gradagenda has, got --generation: it has one generation only. Leave it out; `antiphon serve gradagenda --list` shows what there is.',
    ],
    [
      ['--timer', 'close=1'],
      'Expected the timer close as a duration with its unit, got "1". Write --timer close=500ms.',
    ],
    [['--timer', 'clse=1s'], 'Expected a timer of gradagenda, got "clse". Did you mean "close"? Known are: close.'],
    [
      ['--limit', 'frameBytes=4k'],
      'Expected the limit frameBytes as a whole number, got "4k". Write --limit frameBytes=4096.',
    ],
    [
      ['--limit', 'frameBytes=1'],
      'Expected limit frameBytes to be a whole number from 256 to 2147483647, got 1. Give another value, or leave it out.',
    ],
    [
      ['--null', 'ech'],
      'Expected a behaviour of a null server, got "ech". Did you mean "echo"? Known are: silent, echo, close, error, replay, garbage, slow, flood.',
    ],
    [['--user', 'ada'], 'Expected a user as id:token, got "ada". Write --user ada:secret.'],
    [['--user', 'ada:'], 'Expected user "ada" to have a token, got an empty one. Write it as id:token.'],
    [['--parent', 'init'], 'Expected the id of a process for --parent, got "init". Give a number.'],
  ];
  for (const [options, wanted] of rows) {
    it(options.join(' '), async () => {
      expect(await antiphon(['serve', 'gradagenda', ...options])).toEqual({
        code: 2,
        stdout: '',
        stderr: `error: ${wanted}\n`,
      });
    });
  }

  it('a port that is taken', async () => {
    const server = startAntiphon(['serve', 'gradagenda']);
    const { port } = new URL(urlOf(await server.line(/^websocket /)));
    const { code, stderr } = await antiphon(['serve', 'gradagenda', '--port', port]);
    expect(stderr).toContain(`error: Expected to listen on 127.0.0.1 port ${port}, got: `);
    expect(code).toBe(2);
  });
});

function urlOf(line: string): string {
  return line.split(' ')[1]!;
}

function isOpen(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise(resolve => {
    const socket = connect(Number(port), hostname);
    socket.on('connect', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

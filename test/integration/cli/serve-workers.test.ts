import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, readlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { antiphon, type Running, startAntiphon, temporaryFolder } from './antiphon.ts';

/** Serves with two workers, and writes a target file for what it says. */
async function serve(pack: string, options: readonly string[], about = '') {
  const folder = await temporaryFolder();
  const ready = join(folder, 'ready.json');
  const target = join(folder, 'target.yaml');
  const server = startAntiphon(['serve', pack, '--workers', '2', '--quiet', '--ready-file', ready, ...options]);
  await server.line(/^ready$/);
  const { endpoints } = JSON.parse(await readFile(ready, 'utf8')) as { endpoints: Record<string, string> };
  const lines = Object.entries(endpoints).map(([transport, url]) => `  ${transport}: "${url}"`);
  await writeFile(
    target,
    `antiphon: 1\ntarget: Two workers\nprotocol: ${pack}\nendpoints:\n${lines.join('\n')}\n${about}`,
  );
  return { server, folder, target, url: Object.values(endpoints)[0]! };
}

async function end({ process, ended }: Running): Promise<string> {
  process.kill('SIGTERM');
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  return stdout;
}

describe('with two workers', () => {
  it.each<[pack: string, options: readonly string[], about: string, least: number]>([
    ['gradagenda', ['--demo'], 'accounts: { mode: token }', 140],
    [
      'socket-chat',
      ['--demo'],
      'sources: { otp: { fixed: "0000" } }\ncapabilities: { voice-relay: true, no-time-outs: true }',
      120,
    ],
    ['thunder-messenger', ['--generation', 'r4'], 'profile: r4\ncapabilities: { inactive-plugin: true }', 150],
    ['tinode-2017', [], 'capabilities: { groups: true }', 115],
  ])('the suite of %s passes', async (pack, options, about, least) => {
    const { server, folder, target } = await serve(pack, options, about);
    const { code, stderr } = await antiphon(['test', pack, '--target', target, '--quiet', '--reports', folder]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(passedIn(folder)).toBeGreaterThan(least);
    await end(server);
  });

  it('each has its share of the connections, and a publish reaches all', async () => {
    const { server, url } = await serve('gradagenda', ['--demo', '--fault', 'speaks-before-auth']);
    const workers = await childrenOf(server.process.pid!);
    const before = await Promise.all(workers.map(socketsOf));
    const clients = await Promise.all(Array.from({ length: 8 }, () => open(url)));
    const after = await Promise.all(workers.map(socketsOf));
    const shares = after.map((count, k) => count - before[k]!);
    expect(shares[0]! + shares[1]!).toBe(8);
    expect(Math.min(...shares)).toBeGreaterThan(0);
    for (const [k, client] of clients.entries()) client.say(authenticate(`user${k}`));
    await Promise.all(clients.map(client => client.heard(/"succeeded"/)));
    const ids = clients.map((_, k) => `user${k}`);
    clients[0]!.say({ type: 'request-mutable-session-creation', cdid: 'c', 'user-id': ids });
    await Promise.all(clients.map(client => client.heard(/"created"/)));
    expect(await end(server)).toContain('fault speaks-before-auth fired 8 times');
  });

  it('counts what a variant of the sockets changes in any of them', async () => {
    const { server, url } = await serve('gradagenda', ['--demo', '--variant', 'fragmented-frames']);
    for (const user of ['ada', 'bob']) {
      const client = await open(url);
      client.say(authenticate(user));
      await client.heard(/"succeeded"/);
    }
    expect(await end(server)).toContain('variant fragmented-frames fired 2 times');
  });

  it('goes on when a worker dies: its connections are gone, those of others are served', async () => {
    const { server, url } = await serve('tinode-2017', []);
    const clients = await Promise.all(Array.from({ length: 4 }, () => open(url)));
    const [victim] = await childrenOf(server.process.pid!);
    process.kill(victim!, 'SIGKILL');
    const fates = await Promise.all(
      clients.map(client => {
        const closed = once(client.socket, 'close').then(() => 'closed');
        client.say({ hi: { id: '1', ver: '0.13' } });
        return Promise.race([closed, client.heard(/"created"/).then(() => 'answered')]);
      }),
    );
    expect(new Set(fates)).toEqual(new Set(['closed', 'answered']));
    await end(server);
  });

  it('does not start on a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const { code, stderr } = await antiphon(['serve', 'gradagenda', '--workers', '2', '--port', String(port)]);
    expect(code).toBe(2);
    expect(stderr).toContain(`Expected to listen on 127.0.0.1 port ${port}, got:`);
  });

  it('leaves no process behind when the first one is killed', async () => {
    const { server } = await serve('gradagenda', ['--demo']);
    const workers = await childrenOf(server.process.pid!);
    server.process.kill('SIGKILL');
    expect(workers).toHaveLength(2);
    // Workers share its standard output, which so ends with the last of them.
    await server.ended;
  });
});

const authenticate = (user: string) => ({
  type: 'authenticate',
  cdid: 'a',
  'user-id': user,
  'device-id': 'd',
  token: 't',
});

async function open(url: string) {
  const socket = new WebSocket(url);
  const texts: string[] = [];
  socket.on('message', data => texts.push(String(data)));
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  return {
    socket,
    say: (what: object) => socket.send(JSON.stringify(what)),
    async heard(pattern: RegExp): Promise<void> {
      while (!texts.some(text => pattern.test(text))) await once(socket, 'message');
    },
  };
}

async function childrenOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.trim().split(' ').map(Number);
}

async function socketsOf(pid: number): Promise<number> {
  const descriptors = readdirSync(`/proc/${pid}/fd`);
  const names = await Promise.all(descriptors.map(each => readlink(`/proc/${pid}/fd/${each}`).catch(() => '')));
  return names.filter(name => name.startsWith('socket:')).length;
}

function passedIn(folder: string): number {
  const run = readdirSync(folder).find(name => !name.includes('.'))!;
  const { counts } = JSON.parse(readFileSync(join(folder, run, 'results.json'), 'utf8'));
  return counts.passed;
}

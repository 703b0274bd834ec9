import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createBehaviour } from '../core/behaviour.ts';
import { fileFaults } from './file-faults.ts';
import { createFileStore, type FileStore } from './file-store.ts';
import { createDownload, createUpload } from './files.ts';

type FileFault = keyof typeof fileFaults;
type Ask = (path: string, headers?: Record<string, string>, body?: FormData) => Promise<Response>;

/** What has to be asked for each fault to fire, and what is told then. */
const triggers: Record<FileFault, (ask: Ask) => Promise<unknown>> = {
  'upload-limit-ignored': async ask => (await upload(ask, 'x'.repeat(2000))).status,
  'served-to-anybody': async ask => (await ask(await pathOf(ask, 'x'), { 'x-tinode-auth': '' })).status,
  'media-type-as-said': async ask => (await ask(await pathOf(ask, 'GIF89a'))).headers.get('content-type'),
  'served-again': async ask => {
    const path = await pathOf(ask, 'x');
    const { headers } = await ask(path);
    return (await ask(path, { 'if-none-match': headers.get('etag')! })).status;
  },
  'range-one-short': async ask => (await ask(await pathOf(ask, '0123456789'), { range: 'bytes=2-4' })).text(),
};

function upload(ask: Ask, content: string): Promise<Response> {
  const form = new FormData();
  form.set('file', new File([content], 'a.txt', { type: 'text/plain' }));
  return ask('/v0/file/u/', {}, form);
}

async function pathOf(ask: Ask, content: string): Promise<string> {
  const { ctrl } = (await (await upload(ask, content)).json()) as { ctrl: { params: { url: string } } };
  return ctrl.params.url;
}

let server: Server | undefined;
let store: FileStore | undefined;

afterEach(() => {
  server?.close();
  store?.remove();
});

/** Whoever says anything of themselves has an account. */
async function serve(...faults: FileFault[]) {
  const behaviour = createBehaviour<FileFault, never>(faults);
  store = createFileStore(randomBytes);
  const identify = (login: object | undefined) => ({ user: login ? 'usrAQEBAQEBAQE' : undefined });
  const options = { store, uploadBytes: 1000, keepMs: 1000, behaviour, identify };
  const [bring, take] = [createUpload(options), createDownload(options)];
  server = createServer((request, response) => (request.method === 'POST' ? bring : take)(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask: Ask = (path, headers = {}, body) =>
    fetch(`http://127.0.0.1:${port}${path}?apikey=AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K`, {
      headers: { 'x-tinode-auth': 'token x', connection: 'close', ...headers },
      ...(body && { method: 'POST', body }),
    });
  return { behaviour, ask };
}

it.each(Object.keys(fileFaults) as FileFault[])('%s fires and changes what is told', async name => {
  const { behaviour, ask } = await serve(name);
  const told = await triggers[name](ask);
  expect(behaviour.counts()[name]).toBeGreaterThan(0);
  server?.close();
  store?.remove();
  expect(told).not.toEqual(await triggers[name]((await serve()).ask));
});

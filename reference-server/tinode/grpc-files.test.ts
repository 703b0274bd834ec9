import { Client, credentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningServer } from '../core/protocol.ts';
import { startReferenceServer } from '../index.ts';
import { grpcAddress } from '../testing/grpc-client.ts';
import { downloadAnswer, downloadRequest, type FileAbout, uploadAnswer, uploadRequest } from './messages/files.ts';

let server: RunningServer;
let client: Client;

beforeAll(async () => {
  server = await startReferenceServer('tinode', {
    users: [{ id: 'xena', token: 'word' }],
    limits: { uploadBytes: 3_000_000 },
  });
  client = new Client(grpcAddress(server), credentials.createInsecure());
});

afterAll(async () => {
  client.close();
  await server.stop();
});

type Members = Readonly<Record<string, unknown>>;
const login = { scheme: 'basic', secret: btoa('xena:word') };

function upload(...requests: Members[]): Promise<{ readonly about?: FileAbout } & Members> {
  return new Promise((resolve, reject) => {
    const path = '/pbx.Node/LargeFileReceive';
    const call = client.makeClientStreamRequest(path, uploadRequest.encode, uploadAnswer.decode, (error, answer) =>
      error ? reject(error) : resolve(answer!),
    );
    for (const request of requests) call.write(request);
    call.end();
  });
}

async function download(request: Members): Promise<Members[]> {
  const path = '/pbx.Node/LargeFileServe';
  const call = client.makeServerStreamRequest(path, downloadRequest.encode, downloadAnswer.decode, request);
  const answers: Members[] = [];
  for await (const answer of call) answers.push(answer);
  return answers;
}

it('keeps what comes after the first request, and gives it back', async () => {
  const content = Buffer.from('GIF89a and more');
  const pieces = [content.subarray(0, 5), content.subarray(5)];
  const first = { id: '1', login, about: { name: 'a.gif', mediaType: 'text/html' }, content: content.subarray(0, 6) };
  const sent = await upload(first, ...pieces.map(piece => ({ content: piece })));
  const url = /^\/v0\/file\/s\/[\w-]{11}\.gif$/;
  expect(sent).toEqual({
    id: '1',
    code: 200,
    text: 'OK',
    about: {
      name: expect.stringMatching(url),
      mediaType: 'image/gif',
      etag: expect.any(String),
      sizeBytes: content.length,
    },
  });
  expect(await download({ id: '2', login, uri: sent.about!.name })).toEqual([
    { code: 200, text: 'OK', about: { name: expect.any(String), mediaType: 'image/gif', sizeBytes: 15 }, content },
  ]);

  const files = server.endpoints.find(({ transport }) => transport === 'files')!.url;
  const headers = { 'X-Tinode-APIKey': 'AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K', authorization: `basic ${login.secret}` };
  const response = await fetch(`${files}${sent.about!.name}`, { headers });
  expect([response.status, await response.text()]).toEqual([200, String(content)]);
});

it('gives a large file in pieces', async () => {
  const pieces = Array.from({ length: 25 }, () => ({ content: Buffer.alloc(100_000, 'x') }));
  const { about } = await upload({ login }, ...pieces);
  const answers = await download({ login, uri: about!.name });
  expect(answers.map(({ content }) => (content as Buffer).length)).toEqual([2_097_152, 402_848]);
});

it.each([
  ['a secret that is no base64', { login: { scheme: 'basic', secret: 'xena:word' } }, 400, 'malformed'],
  ['an unknown scheme', { login: { scheme: 'magic', secret: 'eA==' } }, 400, 'malformed'],
  ['a wrong secret', { login: { scheme: 'basic', secret: btoa('xena:wrong') } }, 401, 'authentication failed'],
  ['nobody', {}, 401, 'authentication required'],
])('refuses %s', async (_, who, code, text) => {
  const answer = { id: 'r', code, text };
  expect(await upload({ id: 'r', ...who }, { content: Buffer.from('x') })).toEqual(answer);
  expect(await download({ id: 'r', ...who, uri: '/v0/file/s/x' })).toEqual([answer]);
});

it.each(['/v0/file/s/nothing.png', '/etc/passwd', ''])('does not find %j', async uri => {
  expect(await download({ id: 'd', login, uri })).toEqual([{ id: 'd', code: 404, text: 'not found' }]);
});

it('refuses what is too large, and takes nothing for a client that has gone', async () => {
  const large = Array.from({ length: 31 }, () => ({ content: Buffer.alloc(100_000) }));
  expect(await upload({ id: 'l', login }, ...large)).toEqual({ id: 'l', code: 413, text: 'too large' });
  expect(await upload()).toEqual({ code: 408, text: 'disconnected' });
});

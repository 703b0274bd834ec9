import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningServer } from '../core/protocol.ts';
import { startReferenceServer } from '../index.ts';

let server: RunningServer;
const urls: Record<string, string> = {};

beforeAll(async () => {
  const timers = { poll: 20, unload: 1 };
  server = await startReferenceServer('tinode', { timers, limits: { messageBytes: 2048, uploadBytes: 2048 } });
  for (const { transport, url } of server.endpoints) urls[transport] = url;
});

afterAll(() => server.stop());

const ask = async (url: string, init: RequestInit = {}) => {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  const { ctrl } = text.startsWith('{') ? (JSON.parse(text) as { ctrl: Record<string, unknown> }) : { ctrl: undefined };
  return { status: response.status, text, ctrl, headers: response.headers };
};

async function openSession(): Promise<string> {
  const { ctrl } = await ask(urls.longpoll!);
  return `${urls.longpoll}&sid=${(ctrl!.params as { sid: string }).sid}`;
}

async function logIn(): Promise<{ session: string; token: string }> {
  const session = await openSession();
  await ask(session, { method: 'POST', body: '{"hi":{"ver":"0.25"}}' });
  await ask(session);
  const acc = { user: 'new', scheme: 'anonymous', login: true };
  await ask(session, { method: 'POST', body: JSON.stringify({ acc }) });
  const { ctrl } = await ask(session);
  return { session, token: (ctrl!.params as { token: string }).token };
}

it('opens a session of long polling, and answers in the next poll', async () => {
  const opened = await ask(`${urls.longpoll}&id=7`);
  expect(opened).toMatchObject({ status: 201, ctrl: { id: '7', code: 201 } });
  const session = await openSession();
  expect(await ask(session, { method: 'POST', body: '{"hi":{"id":"1","ver":"0.25"}}' })).toMatchObject({
    status: 200,
    text: '',
  });
  expect((await ask(session)).ctrl).toMatchObject({ id: '1', code: 200, text: 'ok' });
  expect(await ask(session)).toMatchObject({ status: 200, text: '' });
});

it('hands out one frame a poll, to a poll that waits too', async () => {
  const session = await openSession();
  const waiting = ask(session);
  for (const body of ['1', 'junk', '1'])
    await ask(session, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });
  const heard = [(await waiting).text];
  // A poll may end before there is anything.
  while (heard.filter(text => text !== '').length < 3) heard.push((await ask(session)).text);
  expect(heard.filter(text => text === '0')).toHaveLength(2);
  expect(heard.some(text => text.includes('malformed'))).toBe(true);
});

it('refuses sessions that there are not, keys that are none, and what is too long', async () => {
  expect(await ask(`${urls.longpoll}&sid=none`)).toMatchObject({
    status: 403,
    ctrl: { text: 'invalid or expired session' },
  });
  expect(await ask(urls.longpoll!.split('?')[0]!)).toMatchObject({
    status: 403,
    ctrl: { text: 'valid API key required' },
  });
  const long = { method: 'POST', body: 'x'.repeat(3000) };
  expect(await ask(`${await openSession()}&id=9`, long)).toMatchObject({ status: 417, ctrl: { id: '9', code: 400 } });
});

it('asks for a WebSocket where one is served', async () => {
  const url = urls.websocket!.replace('ws:', 'http:');
  expect((await ask(url)).status).toBe(400);
  expect(await ask(url, { method: 'POST' })).toMatchObject({ status: 405, ctrl: { code: 405 } });
  expect((await ask(url.split('?')[0]!)).status).toBe(403);
  expect(await ask(`${urls.files}/elsewhere`)).toMatchObject({ status: 404, ctrl: { text: 'not found' } });
});

it('keeps a file and hands it out', async () => {
  const { session, token } = await logIn();
  const key = new URL(session).search.split('&')[0]!;
  const headers = { 'x-tinode-auth': `token ${token}` };
  const form = (content: string) => {
    const body = new FormData();
    body.set('id', '5');
    body.set('file', new File([content], 'a.txt', { type: 'text/plain' }));
    return body;
  };
  const upload = `${urls.files}/v0/file/u/${key}`;
  expect(await ask(upload, { method: 'POST', body: form('hello') })).toMatchObject({ status: 401, ctrl: { id: '5' } });
  expect((await ask(upload, { method: 'POST', headers, body: form('x'.repeat(3000)) })).status).toBe(413);
  const { ctrl, status } = await ask(upload, { method: 'POST', headers, body: form('hello') });
  expect([status, ctrl]).toEqual([200, expect.objectContaining({ id: '5', code: 200 })]);

  const path = `${urls.files}${(ctrl!.params as { url: string }).url}${key}`;
  const whole = await ask(path, { headers });
  expect([whole.text, whole.headers.get('content-disposition')]).toEqual(['hello', 'attachment']);
  const etag = whole.headers.get('etag')!;
  expect(await ask(path, { headers: { ...headers, range: 'bytes=1-3' } })).toMatchObject({ status: 206, text: 'ell' });
  expect((await ask(path, { headers: { ...headers, 'if-none-match': etag } })).status).toBe(304);
  expect((await ask(path)).status).toBe(401);
  expect((await ask(`${path}&sid=${new URL(session).searchParams.get('sid')}`)).status).toBe(200);
  expect((await ask(`${urls.files}/v0/file/s/none${key}`, { headers })).status).toBe(404);
});

import { expect, it } from 'vitest';
import { get, hi, note } from '../testing/tinode-lobby.ts';
import { clientMessage } from './messages/client.ts';
import { serverMessage } from './messages/server.ts';
import { refuse } from './refuse.ts';

const refused = (message: object | string) =>
  refuse({ transport: 'websocket', text: typeof message === 'string' ? message : JSON.stringify(message) }).map(
    ({ text }) => JSON.parse(text).ctrl,
  );

it('answers a request with its id and topic', () => {
  const denied = { code: 403, text: 'permission denied' };
  expect(refused(get('me', 'desc'))).toEqual([expect.objectContaining({ id: 'g', topic: 'me', ...denied })]);
  expect(refused(hi('test'))).toEqual([expect.objectContaining({ id: 'h', ...denied })]);
});

it('answers what is no request, and no note', () => {
  expect(refused('junk')).toEqual([expect.objectContaining({ code: 400 })]);
  expect(refused(note('me', 'kp'))).toEqual([]);
});

it('answers messages of gRPC with such', () => {
  const refusedOver = (message: Buffer) =>
    refuse({ transport: 'grpc', text: message.toString('latin1'), isBinary: true }).map(({ text }) =>
      serverMessage.decode(Buffer.from(text, 'latin1')),
    );
  expect(refusedOver(clientMessage.encode(get('me', 'desc')))).toEqual([
    { ctrl: { id: 'g', topic: 'me', code: 403, text: 'permission denied' } },
  ]);
  expect(refusedOver(Buffer.from('junk'))).toEqual([{ ctrl: { code: 400, text: 'malformed' } }]);
});

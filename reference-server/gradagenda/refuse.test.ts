import { expect, it } from 'vitest';
import { batch, list, send } from '../testing/room.ts';
import { refuse } from './refuse.ts';

const refused = (message: unknown) =>
  refuse({ transport: 'websocket', text: typeof message === 'string' ? message : JSON.stringify(message) }).map(
    ({ text }) => JSON.parse(text),
  );

const failed = (cdid: string) => ({ cdid, type: 'status-response', status: 'failed', message: 'refused' });

it('answers an action with a status response that failed, with its cdid', () => {
  expect(refused(list)).toEqual([failed('l')]);
});

it('answers every action of a batch, however nested', () => {
  expect(refused(batch(list, batch(send('s1', 'hello'), list)))).toEqual([failed('l'), failed('s'), failed('l')]);
});

it('answers what is no action without a cdid', () => {
  const { cdid: _, ...anonymous } = failed('');
  expect(refused('nonsense')).toEqual([anonymous]);
  expect(refused('[]')).toEqual([anonymous]);
  expect(refused({ type: 'authenticate' })).toEqual([anonymous]);
});

import { expect, it } from 'vitest';
import { batch, create, list, openRoom, says, send } from '../testing/room.ts';

const id = 'mutable-e1-1';

function enterAlice(frameBytes = 4096) {
  const room = openRoom({ frameBytes });
  room.enter('alice');
  return room;
}

it('does a batch in order, each action with its own answer, past those that fail', () => {
  const room = enterAlice();
  expect(
    room.say('alice', batch(create(), send(id, 'one'), send('no', 'two', 'two'), 7, {}, send(id, 'three'))),
  ).toEqual([
    says.info('alice', id, 'mutable', 'created', ['alice']),
    says.message('alice', id, 'alice', 'one'),
    says.status('alice', 'failed', 'two', 'no such session'),
    'alice< {"type":"status-response","status":"failed","message":"an action is a JSON object"}',
    'alice< {"type":"status-response","status":"failed","message":"cdid should be text"}',
    says.message('alice', id, 'alice', 'three'),
  ]);
});

it('does batches in batches', () => {
  const room = enterAlice();
  const cdids = (lines: string[]) => lines.map(line => JSON.parse(line.slice('alice< '.length)).cdid);
  const one = { ...list, cdid: '1' };
  const two = { ...list, cdid: '2' };
  const three = { ...list, cdid: '3' };
  expect(cdids(room.say('alice', batch(one, batch(two, batch()), three)))).toEqual(['1', '2', '3']);
});

it('answers nothing to an empty batch', () => {
  expect(enterAlice().say('alice', batch())).toEqual([]);
});

it('fails a batch without actions or without cdid as a whole', () => {
  const room = enterAlice();
  expect(room.say('alice', { cdid: 'b', type: 'batch-mode-action' })).toEqual([
    says.status('alice', 'failed', 'b', 'actions should be an array'),
  ]);
  expect(room.say('alice', { type: 'batch-mode-action', actions: [list] })).toEqual([
    'alice< {"type":"status-response","status":"failed","message":"cdid should be text"}',
  ]);
});

it('does a batch as deep as a frame can hold', () => {
  const head = '{"cdid":"","type":"batch-mode-action","actions":[';
  const innermost = JSON.stringify(list);
  const depth = Math.floor((4096 - innermost.length) / (head.length + 2));
  expect(enterAlice().say('alice', `${head.repeat(depth)}${innermost}${']}'.repeat(depth)}`)).toEqual([
    says.status('alice', 'succeeded', 'l'),
  ]);
});

it('does not read on where a larger limit would let batches go deeper', () => {
  const deep = `${'{"cdid":"b","type":"batch-mode-action","actions":['.repeat(9000)}${']}'.repeat(9000)}`;
  expect(enterAlice(1_000_000).say('alice', deep)).toEqual([
    says.status('alice', 'failed', 'b', 'a batch too deep in batches'),
  ]);
});

it('leaves out of a status response what would not fit, the explanation first and then the cdid', () => {
  const room = enterAlice(256);
  const failing = (cdidLength: number) => room.say('alice', { cdid: 'x'.repeat(cdidLength), type: '' });
  const bare = '{"type":"status-response","status":"failed"}';
  const withCdid = (length: number) => `alice< {"cdid":"${'x'.repeat(length)}",${bare.slice(1)}`;
  const most = 256 - withCdid(0).length + 'alice< '.length;
  expect(failing(most)).toEqual([withCdid(most)]);
  expect(failing(most + 1)).toEqual([`alice< ${bare}`]);
  expect(failing(8)).toEqual([says.status('alice', 'failed', 'xxxxxxxx', 'there is no action of this type')]);
});

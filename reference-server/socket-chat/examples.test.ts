import { expect, it } from 'vitest';
import { createPack } from '../../src/packs/create-pack.ts';
import { findPack } from '../../src/packs/find-pack.ts';
import { loadPack } from '../../src/packs/load-pack.ts';
import { openChat } from '../testing/chat.ts';
import { exchanges } from './examples.ts';

const { packFile, schemas, digest } = await loadPack(findPack('socket-chat'));
const pack = createPack(packFile!, schemas, digest);

it.each(exchanges)('the suite knows both sides of: $title', ({ says, heard }) => {
  const decoded = heard.map(([, frame]) => {
    const text = JSON.stringify(frame);
    return pack.decode('lines', { text, sizeBytes: Buffer.byteLength(text) });
  });
  expect(decoded.flatMap(({ violations }) => violations)).toEqual([]);
  const read = pack.decode('lines', { text: JSON.stringify(says), sizeBytes: 1 });
  const frame = read.ok && read.frames[0]!;
  expect(pack.kindOf(frame as never)).toBeDefined();
  expect(pack.validate('sent', pack.kindOf(frame as never), frame as never)).toEqual([]);
});

it('the server holds the whole conversation', () => {
  const chat = openChat();
  for (const name of ['xeno', 'dee', 'fay']) chat.connect(name);
  for (const { title, by, says, heard, passMs = 0 } of exchanges) {
    const lines = [...chat.say(by, says), ...chat.pass(passMs)];
    const told = lines.map(line => [line.slice(0, line.indexOf('<')), JSON.parse(line.slice(line.indexOf('{')))]);
    expect(told, title).toEqual(heard);
  }
});

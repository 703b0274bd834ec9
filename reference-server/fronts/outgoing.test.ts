import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { createOutgoing, createOutlet } from './outgoing.ts';

/** A socket that keeps what is written to it. */
function openOutlet({ writable = true, writableLength = 0 } = {}) {
  const written: Buffer[] = [];
  const socket = { writable, writableLength, write: (bytes: Buffer) => written.push(bytes) } as unknown as Socket;
  const outlet = createOutlet(socket);
  return { outlet, written, texts: () => written.map(String) };
}

const [one, two, three] = ['one ', 'two ', 'three '].map(text => Buffer.from(text)) as [Buffer, Buffer, Buffer];
const turn = () => new Promise(resolve => setImmediate(resolve));

it('writes what comes in one turn at once, in its order', async () => {
  const outgoing = createOutgoing();
  const { outlet, texts } = openOutlet();
  for (const message of [one, two, three]) outgoing.offer(outlet, message, 100);
  expect(texts()).toEqual([]);
  await turn();
  expect(texts()).toEqual(['one two three ']);
  outgoing.offer(outlet, one, 100);
  await turn();
  expect(texts()).toEqual(['one two three ', 'one ']);
});

it('joins the same messages once for all, and copies none that is alone', () => {
  const outgoing = createOutgoing();
  const [a, b, c, d] = [openOutlet(), openOutlet(), openOutlet(), openOutlet()];
  for (const { outlet } of [a, b]) outgoing.offer(outlet, one, 100);
  for (const { outlet } of [a, b, c, d]) outgoing.offer(outlet, two, 100);
  outgoing.flushAll();
  expect([a, b, c, d].map(({ texts }) => texts())).toEqual([['one two '], ['one two '], ['two '], ['two ']]);
  expect(a.written[0]).toBe(b.written[0]);
  expect(c.written[0]).toBe(two);
});

it('gives each what is its own, however histories part', () => {
  const outgoing = createOutgoing();
  const outlets = Array.from({ length: 8 }, () => openOutlet());
  const messages = [one, two, three];
  const isFor = (k: number, receiver: number) => ((receiver >> k) & 1) === 1;
  messages.forEach((message, k) => {
    for (const [receiver, { outlet }] of outlets.entries())
      if (isFor(k, receiver)) outgoing.offer(outlet, message, 100);
  });
  outgoing.flushAll();
  outlets.forEach(({ texts }, receiver) => {
    const own = messages.filter((_, k) => isFor(k, receiver)).join('');
    expect(texts().join('')).toBe(own);
  });
});

it('writes early to one, and goes on behind it', () => {
  const outgoing = createOutgoing();
  const { outlet, texts } = openOutlet();
  outgoing.offer(outlet, one, 100);
  outgoing.flush(outlet);
  outgoing.offer(outlet, two, 100);
  outgoing.flushAll();
  outgoing.flushAll();
  expect(texts()).toEqual(['one ', 'two ']);
});

it('takes no more than may wait, with what the socket has not written yet', () => {
  const outgoing = createOutgoing();
  const { outlet, texts } = openOutlet({ writableLength: 10 });
  expect([one, two, three].map(message => outgoing.offer(outlet, message, 8))).toEqual([true, true, false]);
  outgoing.flushAll();
  expect(texts()).toEqual(['one two ']);
  expect(outgoing.offer(outlet, one, 13)).toBe(false);
  expect(outgoing.offer(outlet, one, 14)).toBe(true);
});

it('writes nothing to a socket that has ended', () => {
  const outgoing = createOutgoing();
  const { outlet, texts } = openOutlet({ writable: false });
  outgoing.offer(outlet, one, 100);
  outgoing.flushAll();
  expect(texts()).toEqual([]);
});

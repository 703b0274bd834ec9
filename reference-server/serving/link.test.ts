import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMessageReader, openLink } from './link.ts';

interface Told {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** A pipe that keeps what is written to it, and takes it only when told to. */
function openPipe() {
  const written: Buffer[] = [];
  const taken: (() => void)[] = [];
  const pipe = new Duplex({
    read() {},
    writev(chunks, done) {
      written.push(...chunks.map(({ chunk }) => chunk as Buffer));
      taken.push(done);
    },
  });
  return { pipe, written, take: () => taken.splice(0).forEach(done => void done()) };
}

const turn = () => new Promise(resolve => setImmediate(resolve));
const ends = { heard: () => {}, drained: () => {}, closed: () => {} };

it('hears what was told, however the pipe cuts it', async () => {
  const told = fc.array(fc.record({ text: fc.string(), bytes: fc.uint8Array({ maxLength: 300 }) }), { minLength: 1 });
  const property = fc.asyncProperty(told, fc.integer({ min: 1, max: 50 }), async (messages, pieceBytes) => {
    const { pipe, written, take } = openPipe();
    const link = openLink<never, { text: string }>(pipe, ends);
    for (const { text, bytes } of messages) link.tell({ text }, bytes);
    await turn();
    take();
    const all = Buffer.concat(written);
    const heard: Told[] = [];
    const read = createMessageReader<{ text: string }>(({ text }, bytes) => {
      heard.push({ text, bytes: Uint8Array.from(bytes) });
    });
    for (let at = 0; at < all.length; at += pieceBytes) read(all.subarray(at, at + pieceBytes));
    expect(heard).toEqual(messages);
  });
  await fc.assert(property, { numRuns: 50 });
});

it('is full when more waits than the other takes, and tells when that is over', async () => {
  const { pipe, take } = openPipe();
  let drained = 0;
  const link = openLink<never, object>(pipe, { ...ends, drained: () => drained++ });
  link.tell({}, new Uint8Array(4_000_000));
  expect(link.isFull()).toBe(false);
  link.tell({}, new Uint8Array(400_000));
  expect(link.isFull()).toBe(true);
  await turn();
  take();
  await turn();
  expect([link.isFull(), drained]).toEqual([false, 1]);
});

it('tells nothing to one who has gone', async () => {
  const { pipe, written } = openPipe();
  let closed = 0;
  const link = openLink<never, object>(pipe, { ...ends, closed: () => closed++ });
  pipe.destroy(new Error('broken'));
  await turn();
  link.tell({ late: true });
  await turn();
  expect([closed, written.length]).toEqual([1, 0]);
});

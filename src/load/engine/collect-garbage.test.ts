import { expect, test } from 'vitest';
import { collectGarbage } from './collect-garbage.ts';

test('what nobody holds is gone, what somebody holds is not', async () => {
  const held = { text: 'held' };
  const references = [new WeakRef(held), new WeakRef({ text: 'dropped' })];
  // What a weak reference was made of lives until its turn is over.
  await new Promise(setImmediate);
  await collectGarbage();
  expect(references.map(each => each.deref()?.text)).toEqual([held.text, undefined]);
});

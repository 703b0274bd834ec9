import { expect, test } from 'vitest';
import type { WorkloadPlan } from '../../scenario/workload-plan.ts';
import { sendersOfEntries, streamsOfChannel } from './streams.ts';

/** Three people; a publish entry for each of these. */
function streams(...entries: readonly Partial<WorkloadPlan['publish'][number]>[]) {
  const clients = ['ada', 'bob', 'eve'].map(name => ({ name }));
  const publish = entries.map(entry => ({ copy: true, ...entry }));
  return streamsOfChannel({ plan: { clients }, publish } as unknown as WorkloadPlan);
}

test('there is a stream for each entry and sender, in this order', () => {
  const found = streams({ by: ['bob'], to: [] }, { by: ['ada', 'eve'], to: ['bob', 'bob', 'eve'] });
  expect(found).toEqual([
    { entry: 0, sender: 1, receivers: [] },
    { entry: 1, sender: 0, receivers: [1, 2] },
    { entry: 1, sender: 2, receivers: [1, 2] },
  ]);
  expect(sendersOfEntries(found, 2)).toEqual([
    { first: 0, senders: 1 },
    { first: 1, senders: 2 },
  ]);
});

test('without a copy a sender is no receiver of what it sends itself', () => {
  const everybody = ['ada', 'bob', 'eve'];
  expect(streams({ by: everybody, to: everybody, copy: false }).map(({ receivers }) => receivers)).toEqual([
    [1, 2],
    [0, 2],
    [0, 1],
  ]);
});

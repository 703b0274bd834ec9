import { describe, expect, it } from 'vitest';
import { dequeue, enqueue, keepStray, mayKeepEvidence, takeStrays } from './bounds.ts';
import type { FailureFacts } from './decision.ts';
import type { Arrival, ClientState, Turn } from './state.ts';

const arrival = (characters: number, about: Partial<Arrival> = {}): Arrival => ({
  event: 0,
  atUs: 0,
  violations: [],
  malformed: false,
  text: 'x'.repeat(characters),
  ...about,
});

const clientOf = () =>
  ({ queue: [], unread: 0, unreadCharacters: 0, flooded: false, evidenceCharacters: 0 }) as unknown as ClientState;

describe('what waits to be read', () => {
  it('is at most two megabytes', () => {
    const client = clientOf();
    for (let k = 0; k < 3; k++) enqueue(client, arrival(1_048_576));
    expect([client.queue.length, client.flooded]).toEqual([2, true]);
  });

  it('may be one message, however long', () => {
    const client = clientOf();
    enqueue(client, arrival(5_000_000));
    expect(client.flooded).toBe(false);
  });

  it('makes room as it is read', () => {
    const client = clientOf();
    for (let k = 0; k < 10; k++) {
      enqueue(client, arrival(1_048_576));
      expect(dequeue(client)).toBeDefined();
    }
    expect([client.unreadCharacters, client.flooded, dequeue(client)]).toEqual([0, false, undefined]);
  });

  it('counts the text of a batch once', () => {
    const client = clientOf();
    enqueue(client, arrival(1_048_576));
    for (let k = 0; k < 100; k++) enqueue(client, arrival(1_048_576, { laterPart: true }));
    expect(client.flooded).toBe(false);
  });
});

describe('strays', () => {
  const turnOf = () => ({ strays: [], straysDropped: 0, strayCharacters: 0 }) as unknown as Turn;

  it('are kept by number, the last of them', () => {
    const turn = turnOf();
    for (let k = 0; k < 200; k++) keepStray(turn, arrival(1, { event: k }));
    expect([turn.strays.length, turn.strays[0]!.event, turn.straysDropped]).toEqual([128, 72, 72]);
  });

  it('are kept by size, at least the last', () => {
    const turn = turnOf();
    for (let k = 0; k < 4; k++) keepStray(turn, arrival(1_000_000, { event: k }));
    expect([turn.strays.map(({ event }) => event), turn.straysDropped]).toEqual([[3], 3]);
    expect(takeStrays(turn)).toHaveLength(1);
    expect(turn.strayCharacters).toBe(0);
  });
});

it('shows long messages with the first failures only', () => {
  const client = clientOf();
  const facts = { nearest: { arrival: arrival(300_000), differences: [] } } as unknown as FailureFacts;
  expect([1, 2, 3].map(() => mayKeepEvidence(client, facts))).toEqual([true, false, false]);
});

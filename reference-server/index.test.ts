import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeReferenceProtocol, ReferenceServerError, referenceProtocols, startReferenceServer } from './index.ts';

it('tells which protocols there are, and what may be named in each', () => {
  expect(referenceProtocols.toSorted()).toEqual(readdirSync(join(import.meta.dirname, '../scenarios')).toSorted());
  const { faults, variants, limits, timers } = describeReferenceProtocol('gradagenda');
  expect(Object.keys(faults)).toContain('broadcast-twice');
  expect(Object.keys(variants)).toContain('answers-in-batch');
  expect(Object.keys(limits)).toEqual(['frameBytes', 'queueBytes']);
  expect(Object.keys(timers)).toEqual(['close']);
});

it('uses no name for both a fault and a variant', () => {
  for (const name of referenceProtocols) {
    const { faults, variants } = describeReferenceProtocol(name);
    expect(Object.keys(faults).filter(fault => Object.hasOwn(variants, fault))).toEqual([]);
  }
});

it('refuses a protocol that it does not have', async () => {
  const starting = startReferenceServer('grad-agenda', {});
  await expect(starting).rejects.toThrow(ReferenceServerError);
  await expect(starting).rejects.toMatchObject({
    code: 'unknown-protocol',
    message: `Expected a protocol that has a reference server, got "grad-agenda". Did you mean "gradagenda"? Known are: ${referenceProtocols.join(', ')}.`,
  });
});

it('refuses a fault that it does not have', async () => {
  await expect(startReferenceServer('gradagenda', { faults: ['broadcast-twic'] })).rejects.toMatchObject({
    code: 'unknown-fault',
    message: expect.stringContaining('Did you mean "broadcast-twice"?'),
  });
});

it('refuses a port that is taken', async () => {
  const server = await startReferenceServer('gradagenda');
  const port = Number(new URL(server.endpoints[0]!.url).port);
  await expect(startReferenceServer('gradagenda', { port })).rejects.toMatchObject({
    code: 'cannot-listen',
    message: `Expected to listen on 127.0.0.1 port ${port}, got: listen EADDRINUSE: address already in use 127.0.0.1:${port}. Choose another address, or port 0 for a free one.`,
  });
  await server.stop();
});

it('serves the listed users, each with their own token', async () => {
  const server = await startReferenceServer('gradagenda', { users: [{ id: 'alice', token: 't' }] });
  expect(server.endpoints).toEqual([
    { transport: 'websocket', url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/$/) },
  ]);
  expect(server.fired()).toEqual({});
  await server.stop();
});

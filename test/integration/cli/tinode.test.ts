/** One scenario, three transports: the same files, over each of those that the bundled server of Tinode has. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Results } from '../../../src/evidence/results.ts';
import { antiphon, startAntiphon, temporaryFolder } from './antiphon.ts';

const scenarios = ['envelope/sender', 'hi/again', 'notes/receipts', 'publish/head', 'search/found', 'delete/own'];

test('the same scenarios pass over WebSocket, long poll and gRPC', async () => {
  const reports = await temporaryFolder();
  const paths = scenarios.map(name => `tinode/${name}.yaml`);
  const { code, stdout } = await antiphon(['test', ...paths, '--reports', reports, '--quiet']);
  const [folder] = await readdir(reports);
  const { executions }: Results = JSON.parse(await readFile(join(reports, folder!, 'results.json'), 'utf8'));
  expect(code, stdout).toBe(0);
  const ran = (name: string) => executions.filter(({ scenario }) => scenario === `tinode/${name}.yaml`);
  for (const name of scenarios) {
    const transports = new Set(ran(name).map(({ transport }) => transport));
    expect([...transports].sort(), name).toEqual(['grpc', 'longpoll', 'websocket']);
  }
});

test('the bundled server says where it can be reached by each', async () => {
  const server = startAntiphon(['serve', 'tinode', '--quiet']);
  await server.line(/^ready$/);
  for (const transport of [/^websocket ws:/, /^longpoll http:/, /^files http:/, /^grpc grpc:/]) {
    expect(await server.line(transport)).toMatch(/:\/\/127\.0\.0\.1:\d+/);
  }
});

import { expect, test } from 'vitest';
import type { Pack, TransportProfile } from '../foundation/pack.ts';
import { withSharedEndpoints } from './shared-endpoints.ts';

const rest = { codec: 'json', opcode: 'text', role: 'client', message: true } as const;
const profiles: readonly TransportProfile[] = [
  { ...rest, name: 'files', kind: 'http', path: '/up/' },
  { ...rest, name: 'downloads', kind: 'http', path: '/down/', endpoint: 'files' },
];
const pack = { transports: new Map(profiles.map(each => [each.name, each])) } as unknown as Pack;

test.each([
  [{ files: 'http://h:80' }, { files: 'http://h:80', downloads: 'http://h:80' }],
  [{ files: 'https://[::1]:80/a?b=/c' }, { files: 'https://[::1]:80/a?b=/c', downloads: 'https://[::1]:80' }],
  [{ files: 'h:80' }, { files: 'h:80', downloads: 'h:80' }],
  [
    { files: 'http://h:80', downloads: 'http://d:81/own' },
    { files: 'http://h:80', downloads: 'http://d:81/own' },
  ],
  [{ other: 'http://h:80' }, { other: 'http://h:80' }],
])('%j', (endpoints, expected) => {
  expect(withSharedEndpoints(pack, endpoints)).toEqual(expected);
});

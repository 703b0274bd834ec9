import { expect, test } from 'vitest';
import type { Value } from '../foundation/value.ts';
import type { Claims } from './claims.ts';
import { createTransportComparison } from './transport-comparison.ts';
import { transportDifferences } from './transport-differences.ts';

const span = { file: 'p/s.yaml', line: 3, column: 5, endLine: 3, endColumn: 9 };

function claims(frames: readonly Value[], { own = [], omitted = [], values = {} }: Partial<Options> = {}): Claims {
  return { taken: frames.map(frame => ({ client: 'ada', span, frame })), own, omitted: () => omitted, values };
}

interface Options {
  readonly own: readonly string[];
  readonly omitted: readonly (readonly string[])[];
  readonly values: Value;
}

function differences(first: Claims, second: Claims) {
  const found = transportDifferences({ scenario: 'p/s.yaml' }, on('ws', first), on('grpc', second));
  return found.map(({ at, values }) => `${at}: ${values.ws} / ${values.grpc}`);
}

const on = (transport: string, seen: Claims) => ({ transport, claims: seen });

test('equal frames, in whatever order their members and elements come, have no differences', () => {
  const first = claims([{ code: 200, list: [{ a: 1 }, { b: [2, 3] }] }]);
  const second = claims([{ list: [{ b: [3, 2] }, { a: 1 }], code: 200 }]);
  expect(differences(first, second)).toEqual([]);
});

test('names that the server made stand for each other, everywhere', () => {
  const first = claims([{ user: 'usrAAAAAAAAAAA', friend: 'usrBBBBBBBBBBB' }, { from: 'usrAAAAAAAAAAA' }]);
  const right = claims([{ user: 'usrXXXXXXXXXXX', friend: 'usrYYYYYYYYYYY' }, { from: 'usrXXXXXXXXXXX' }]);
  const wrong = claims([{ user: 'usrXXXXXXXXXXX', friend: 'usrYYYYYYYYYYY' }, { from: 'usrYYYYYYYYYYY' }]);
  expect(differences(first, right)).toEqual([]);
  expect(differences(first, wrong)).toEqual(['/from: "usrAAAAAAAAAAA" / "usrYYYYYYYYYYY"']);
});

test('words and numbers are the same or are told', () => {
  const first = claims([{ text: 'ok', seq: 1, more: 'permission denied', much: 12_345_678_901 }]);
  const second = claims([{ text: 'created', seq: 2, more: 'permission granted', much: 12_345_678_902 }]);
  expect(differences(first, second)).toEqual([
    '/text: "ok" / "created"',
    '/seq: 1 / 2',
    '/more: "permission denied" / "permission granted"',
    '/much: 12345678901 / 12345678902',
  ]);
});

test('a member that only one has is told, unless a transport has no place for it', () => {
  const frame: Value = { meta: { sub: [{ acs: { mode: 'JR', given: 'JR' } }, { acs: {} }] } };
  const other: Value = { meta: { sub: [{ acs: { given: 'JR' } }, { acs: {} }] } };
  expect(differences(claims([frame]), claims([other]))).toEqual(['/meta/sub/*/acs/mode: "JR" / nothing']);
  const omitted = [['meta', 'sub', '*', 'acs', 'mode']];
  expect(differences(claims([frame]), claims([other], { omitted }))).toEqual([]);
});

test('times, accounts, and what the pack has for each transport are no differences', () => {
  const first = { at: '2026-01-01T00:00:00Z', name: 'N1 x9x9', code: 201, text: 'created' };
  const second = { at: '2027-02-02T00:00:01.5Z', name: 'N2 y8y8', code: 200, text: 'ok' };
  const mine = { own: ['N1 x9x9'], values: { hi: { code: 201, text: 'created' }, other: 1 } };
  const others = { own: ['N2 y8y8'], values: { hi: { code: 200, text: 'ok' }, other: 1 } };
  expect(differences(claims([first], mine), claims([second], others))).toEqual([]);
  expect(differences(claims([first], { own: mine.own }), claims([second], { own: others.own }))).toHaveLength(2);
});

test('an expectation that took more on one transport says nothing', () => {
  expect(differences(claims([{ a: 1 }, { a: 2 }]), claims([{ a: 3 }]))).toEqual([]);
});

test('executions of one scenario are held beside the first of them, and a difference is told once', () => {
  const comparison = createTransportComparison();
  const about = { event: 'begin', x: 1, t: 0, id: '', pack: 'p', scenario: 'p/s.yaml', repetition: 1 };
  const add = (transport: string, frame: Value) =>
    comparison.add({ ...about, transport, accounts: {}, unique: '' } as never, claims([frame]));
  add('ws', { a: 1 });
  add('grpc', { a: 2 });
  add('lp', { a: 1 });
  comparison.add({ ...about, scenario: 'p/t.yaml', transport: 'grpc' } as never, claims([{ a: 2 }]));
  comparison.add({ ...about, scenario: 'p/t.yaml', transport: 'ws' } as never, claims([{ a: 1 }]));
  expect(comparison.differences().get('p')).toEqual([
    { scenario: 'p/s.yaml', client: 'ada', span, at: '/a', values: { grpc: '2', ws: '1' } },
  ]);
});

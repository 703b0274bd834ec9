import { expect, test } from 'vitest';
import { joinOverlays, layOver, profileCapabilities, profileOverlay } from './overlay.ts';

test('objects are laid over member by member, everything else is replaced', () => {
  expect(layOver({ hi: { code: 201, text: 'created' }, list: [1, 2] }, { hi: { code: 200 }, list: [3] })).toEqual({
    hi: { code: 200, text: 'created' },
    list: [3],
  });
});

test('a pattern is replaced whole', () => {
  expect(layOver({ registered: { $oneOf: [null, 0] } }, { registered: { $integer: {} } })).toEqual({
    registered: { $integer: {} },
  });
});

test('pack, transport, profile, target: the last is on top', () => {
  const pack = {
    limits: { frameBytes: 4096, connections: 20 },
    timers: { call: '30 s' },
    values: { a: 1, b: 1, c: 1 },
  };
  const profiles = new Map([
    ['small', { limits: { frameBytes: 512 }, values: { c: 3 }, capabilities: { voice: true } }],
  ]);
  const joined = joinOverlays(pack, { values: { b: 2, c: 2 } }, profileOverlay(profiles, 'small'), {
    timers: { call: '1 s' },
  });
  expect(joined).toEqual({
    limits: { frameBytes: 512, connections: 20 },
    timers: { call: '1 s' },
    values: { a: 1, b: 2, c: 3 },
  });
  expect([profileCapabilities(profiles, 'small'), profileCapabilities(profiles, undefined)]).toEqual([
    { voice: true },
    {},
  ]);
});

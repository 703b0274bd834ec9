import { expect, it } from 'vitest';
import { ReferenceServerError } from './errors.ts';
import type { ReferenceServerOptions } from './protocol.ts';
import { resolveSettings } from './settings.ts';

const protocol = {
  name: 'chat',
  faults: { 'late-answer': { description: '', breaks: [] }, 'no-answer': { description: '', breaks: [] } },
  variants: { 'other-texts': { description: '' } },
  limits: { frameBytes: { description: '', defaultValue: 4096, leastValue: 256 } },
  timers: {},
};

it('fills in what was left out', () => {
  const { log, ...settings } = resolveSettings(protocol, { faults: ['no-answer', 'no-answer'] });
  expect(log('')).toBeUndefined();
  expect(settings).toEqual({
    port: 0,
    host: '127.0.0.1',
    users: [],
    demo: false,
    workers: 0,
    timers: {},
    limits: { frameBytes: 4096 },
    faults: ['no-answer'],
    variants: [],
  });
});

it('takes the first generation, or the one that is named', () => {
  const several = { ...protocol, generations: ['two', 'one'] };
  expect(resolveSettings(several, {}).generation).toBe('two');
  expect(resolveSettings(several, { generation: 'one' }).generation).toBe('one');
  expect(() => resolveSettings(several, { generation: 'three' })).toThrow(
    'Expected a generation of chat, got "three". Known are: two, one.',
  );
});

it.each<[ReferenceServerOptions, string, string]>([
  [
    { faults: ['late-anser'] },
    'unknown-fault',
    'Expected a fault of chat, got "late-anser". Did you mean "late-answer"? Known are: late-answer, no-answer.',
  ],
  [
    { faults: ['__proto__'] },
    'unknown-fault',
    'Expected a fault of chat, got "__proto__". Known are: late-answer, no-answer.',
  ],
  [{ variants: ['x'] }, 'unknown-variant', 'Expected a variant of chat, got "x". Known are: other-texts.'],
  [
    { limits: { frameByte: 1 } },
    'unknown-limit',
    'Expected a limit of chat, got "frameByte". Did you mean "frameBytes"? Known are: frameBytes.',
  ],
  [{ timers: { call: 1 } }, 'unknown-timer', 'Expected a timer of chat, got "call". Known are: none.'],
  [
    { limits: { frameBytes: 12 } },
    'bad-setting',
    'Expected limit frameBytes to be a whole number from 256 to 2147483647, got 12. Give another value, or leave it out.',
  ],
  [
    { port: 65_536 },
    'bad-setting',
    'Expected port to be a whole number from 0 to 65535, got 65536. Give another value, or leave it out.',
  ],
  [
    { users: [{ id: 'alice', token: '' }] },
    'bad-setting',
    'Expected user "alice" to have a token, got an empty one. Write it as id:token.',
  ],
])('%j', (options, code, message) => {
  const resolve = () => resolveSettings(protocol, options);
  expect(resolve).toThrow(ReferenceServerError);
  expect(resolve).toThrow(expect.objectContaining({ code, message }));
});

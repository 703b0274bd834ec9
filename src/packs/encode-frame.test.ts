import { expect, test } from 'vitest';
import type { Value } from '../foundation/value.ts';
import { type AdditionRules, type Completed, completeFrame } from './encode-frame.ts';
import { kindReader } from './frame-kinds.ts';

const never = () => false;
const byType = kindReader({ by: 'pointers', pointers: [['type'], ['event']] }, never, () => never);
const byMember = kindReader(
  { by: 'member' },
  kind => ['pub', 'note', 'ctrl'].includes(kind),
  () => never,
);

const jsonRpc: AdditionRules = {
  fill: { jsonrpc: '2.0' },
  request: { id: ['id'], make: '$(n)', except: [] },
  kindOf: byType,
};
const nested: AdditionRules = {
  fill: {},
  request: { id: ['*', 'id'], make: 'c$(n)', except: ['note'] },
  kindOf: byMember,
};
const header: AdditionRules = { fill: { head: { lang: 'en', ver: 1 } }, kindOf: byType };

test.each<[string, AdditionRules, Value, readonly string[], Completed]>([
  [
    'what the frame lacks',
    jsonRpc,
    { method: 'join' },
    [],
    { frame: { method: 'join', jsonrpc: '2.0', id: 7 }, requestId: 7 },
  ],
  [
    'nothing over what was written',
    jsonRpc,
    { jsonrpc: '1.0', id: null },
    [],
    { frame: { jsonrpc: '1.0', id: null }, requestId: null },
  ],
  [
    'nothing that was written as absent',
    jsonRpc,
    { method: 'join' },
    ['/jsonrpc', '/id'],
    { frame: { method: 'join' } },
  ],
  ['members inside members', header, { head: { ver: 2 } }, [], { frame: { head: { ver: 2, lang: 'en' } } }],
  [
    'no member inside that was written as absent',
    header,
    { head: { ver: 2 } },
    ['/head/lang'],
    { frame: { head: { ver: 2 } } },
  ],
  ['nothing into what is no object', header, { head: 5 }, [], { frame: { head: 5 } }],
  ['nothing to what is no object', jsonRpc, [1], [], { frame: [1] }],
  [
    'an id where the kind has it',
    nested,
    { extra: {}, pub: { topic: 't' } },
    [],
    { frame: { extra: {}, pub: { topic: 't', id: 'c7' } }, requestId: 'c7' },
  ],
  ['no id to an excepted kind', nested, { note: { what: 'kp' } }, [], { frame: { note: { what: 'kp' } } }],
  ['no id where nothing can hold it', nested, { pub: 5 }, [], { frame: { pub: 5 } }],
])('adds %s', (_, rules, frame, omitted, completed) => {
  const before = structuredClone(frame);
  expect(completeFrame(rules, frame, 7, omitted)).toEqual(completed);
  expect(frame).toEqual(before);
});

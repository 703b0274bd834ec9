import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lintCodes } from './lint-codes.ts';

const source = fileURLToPath(new URL('../../', import.meta.url));

/** Rooms that read files or look at what was read. */
const rooms = ['documents', 'values', 'packs', 'packs/protobuf', 'scenario/files', 'scenario/compile', 'scenario/lint'];

/** Of received frames, of what is thrown, and of loading JSON: no file of the language has them. */
const otherCodes = [
  'encoding',
  'json',
  'depth',
  'opcode',
  'size',
  'schema',
  'text',
  'unterminated',
  'duplicate-member',
];

function filesOf(room: string, tests: boolean): string[] {
  const files = readdirSync(join(source, room)).filter(
    file => file.endsWith('.ts') && file.endsWith('.test.ts') === tests,
  );
  return files.map(file => readFileSync(join(source, room, file), 'utf8'));
}

test('every code that a diagnostic is made with is in the table', () => {
  // The ways in which the rooms make a diagnostic.
  const pattern =
    /(?:code: (?:\w+ === '\w+' \? )?|problem\(\s*|report\(\s*\w+,\s*|refuse\(walk, node, |syntax = )'([a-z]+(?:-[a-z]+)*)'/g;
  const used = rooms
    .flatMap(room => filesOf(room, false))
    .flatMap(text => [...text.matchAll(pattern)].map(([, code]) => code!));
  const unknown = [...new Set(used)].filter(code => !otherCodes.includes(code) && !(code in lintCodes));
  expect(unknown).toEqual([]);
});

test('every code of the table has a test that provokes it', () => {
  const tests = rooms.flatMap(room => filesOf(room, true)).join('\n');
  const unprovoked = Object.keys(lintCodes).filter(code => !new RegExp(`(?<![\\w-])${code}(?![\\w-])`).test(tests));
  expect(unprovoked).toEqual([]);
});

test('every code has one sentence', () => {
  expect(Object.values(lintCodes).filter(sentence => !/^[A-Z`<].*\.$/.test(sentence))).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { createBehaviour } from '../core/behaviour.ts';
import type { FaultName } from './faults.ts';
import { createFaultySplitter } from './faulty-splitter.ts';
import type { VariantName } from './variants.ts';

function split(fault: FaultName | undefined, ...reads: readonly string[]) {
  const behaviour = createBehaviour<FaultName, VariantName>(fault === undefined ? [] : [fault]);
  const splitter = createFaultySplitter(behaviour);
  const lines = reads.flatMap(read => splitter.push(Buffer.from(read)).map(line => Buffer.from(line).toString()));
  return { lines, fired: Object.values(behaviour.counts()) };
}

const long = 'x'.repeat(65_537);

describe.each([
  ['piece-read-as-line', ['on', 'e\n'], ['one'], ['on', 'e']],
  ['lines-at-once-reversed', ['one\ntwo\n'], ['one', 'two'], ['two', 'one']],
  ['line-ended-by-cr-and-lf-each', ['one\r\n'], ['one'], ['one', '']],
  ['long-line-unanswered', [`${long}\n`], [long], []],
] as const)('%s', (fault, reads, proper, faulty) => {
  it('fires where it makes a difference', () => {
    expect(split(undefined, ...reads).lines).toEqual(proper);
    expect(split(fault, ...reads)).toEqual({ lines: faulty, fired: [1] });
  });

  it('does not where it makes none', () => {
    expect(split(fault, 'one\n')).toEqual({ lines: ['one'], fired: [0] });
  });
});

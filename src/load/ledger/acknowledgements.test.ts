import { expect, test } from 'vitest';
import { awaitAcknowledgement, noteAcknowledged } from './acknowledgements.ts';
import { closeAll, closeDue } from './deadlines.ts';
import type { Fault } from './faults.ts';
import { createLedger, noteSent } from './ledger.ts';
import { beginChange, endJoin, noteGone } from './membership.ts';

const deadlineUs = 1_000;

/** Two messages of client 0, which nobody must have; both await their acknowledgement. */
function twoSent() {
  const faults: Fault[] = [];
  const ledger = createLedger({
    topology: { channels: 1, clientsOfChannel: 1, streamsOfChannel: [{ entry: 0, sender: 0, receivers: [] }] },
    deadlineUs,
    tell: fault => faults.push(fault),
    answered: () => {},
  });
  ledger.recordFromUs = 0;
  for (const sequence of [1, 2]) {
    noteSent(ledger, 0, 100, 100);
    awaitAcknowledgement(ledger, 0, sequence, true);
  }
  return { ledger, faults, unacknowledged: () => ledger.counters.unacknowledged };
}

test('what is not acknowledged by its deadline is counted, and told of', () => {
  const { ledger, faults, unacknowledged } = twoSent();
  noteAcknowledged(ledger, 0, 1, 300);
  closeDue(ledger, 100 + deadlineUs);
  expect(unacknowledged()).toBe(0);
  closeDue(ledger, 101 + deadlineUs);
  expect(unacknowledged()).toBe(1);
  expect(faults).toEqual([{ kind: 'unacknowledged', client: 0, stream: 0, sequence: 2, dueUs: 100 }]);
  // Late, and timed all the same.
  noteAcknowledged(ledger, 0, 2, 5_000);
  expect(unacknowledged()).toBe(0);
  expect(ledger.timings.ack.recent.reduce((sum, each) => sum + each, 0)).toBe(2);
});

test('what nobody could hear of is not counted: the run was cut short, its request forgotten, the sender away', () => {
  const short = twoSent();
  closeAll(short.ledger, 200, true);
  const forgotten = twoSent();
  for (const sequence of [1, 2]) awaitAcknowledgement(forgotten.ledger, 0, sequence, false);
  closeAll(forgotten.ledger, 9_000);
  const gone = twoSent();
  noteGone(gone.ledger, 0);
  closeAll(gone.ledger, 9_000);
  const back = twoSent();
  beginChange(back.ledger, 0, 200);
  endJoin(back.ledger, 0, 300);
  closeAll(back.ledger, 9_000);
  expect([short, forgotten, gone, back].map(({ unacknowledged }) => unacknowledged())).toEqual([0, 0, 0, 0]);
});

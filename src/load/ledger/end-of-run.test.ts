import { expect, test } from 'vitest';
import { brokenIdentities, createCounters } from './counters.ts';
import { closeAll } from './deadlines.ts';
import { noteSentElsewhere } from './elsewhere.ts';
import { createLedger, noteReceived, noteSent } from './ledger.ts';
import { senderElsewhere } from './topology.ts';

/** One sender, who is client 0 or elsewhere, and two receivers. */
function ledgerOf(sender: number) {
  const ledger = createLedger({
    topology: { channels: 1, clientsOfChannel: 3, streamsOfChannel: [{ entry: 0, sender, receivers: [1, 2] }] },
    deadlineUs: 1_000_000,
    tell: () => {},
    answered: () => {},
  });
  ledger.recordFromUs = 0;
  return ledger;
}

test('of a run that was cut short what comes while everybody leaves does not count', () => {
  const ledger = ledgerOf(0);
  noteSent(ledger, 0, 100, 100);
  noteReceived(ledger, 1, 0, 1, 100, 200);
  closeAll(ledger, 300, true);
  const counted = { ...ledger.counters };
  expect(counted).toMatchObject({ expected: 2, delivered: 1, lost: 0, unverified: 1 });
  noteReceived(ledger, 2, 0, 1, 100, 400);
  noteReceived(ledger, 2, 0, 1, 100, 500);
  noteReceived(ledger, 2, 0, 9, 100, 500);
  expect(ledger.counters).toEqual(counted);
});

test('two wrong counts that make up for each other are a contradiction too', () => {
  const counters = { ...createCounters(), expected: 2, delivered: 2, lost: -1, unverified: 1 };
  expect(brokenIdentities(counters)).toEqual(['lost -1 is below nothing']);
});

test('a message whose word is under way when the run is cut short need not be made up; at its end it is', () => {
  const corruptOf = (isCutShort: boolean) => {
    const ledger = ledgerOf(senderElsewhere);
    noteReceived(ledger, 1, 0, 1, 100, 200);
    closeAll(ledger, 300, isCutShort);
    // Too late: nobody would count what became of it.
    noteSentElsewhere(ledger, 0, 100, 100);
    expect(ledger.counters.expected).toBe(0);
    return ledger.counters.corrupt;
  };
  expect([corruptOf(true), corruptOf(false)]).toEqual([0, 1]);
});

import { expect, it } from 'vitest';
import type { RunHeader } from '../evidence/events.ts';
import type { LogFile } from '../evidence/log-file.ts';
import { writeLogTo } from '../evidence/log-writer.ts';
import { logStall } from './log-stall.ts';

it('leaves the error of a log that cannot be written to the next event of an execution', () => {
  let full = false;
  const file: LogFile = {
    append() {
      if (full) throw new Error('the disk is full');
    },
    sync() {},
    close() {},
  };
  const log = writeLogTo(file, { event: 'run' } as RunHeader);
  full = true;
  logStall(log, { event: 'stalled', t: 1, lagUs: 60_000 });
  expect(() => log.flush()).toThrow('the disk is full');
  logStall(log, { event: 'stalled', t: 2, lagUs: 60_000 });
  expect(() => log.write({ event: 'finish', x: 0, t: 3 })).toThrow('the disk is full');
});

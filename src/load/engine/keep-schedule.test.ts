import { expect, test } from 'vitest';
import { type KeptSchedule, keepSchedule } from './keep-schedule.ts';

/** A schedule with one message each 10 ms from 20 ms on, on a clock and with a pacer of ours. */
function stage({ fails = false } = {}) {
  const clock = { nowUs: 0 };
  const told: string[] = [];
  const wakeAtUs: number[] = [];
  let dueUs = 20_000;
  const publisher = {
    nextDueUs: () => dueUs,
    prepare: () => void told.push(`prepared ${dueUs} at ${clock.nowUs}`),
    pump() {
      if (fails && dueUs <= clock.nowUs) throw new Error('it cannot be built');
      for (; dueUs <= clock.nowUs; dueUs += 10_000) told.push(`sent ${dueUs} at ${clock.nowUs}`);
    },
    answered: () => {},
    retry: () => {},
    end: () => {},
  };
  const schedule: KeptSchedule = keepSchedule(
    {
      publisher,
      nowUs: () => clock.nowUs,
      sent: () => {},
      broken(thrown) {
        told.push(String(thrown));
        schedule.end();
      },
    },
    () => ({ wakeAt: atUs => void wakeAtUs.push(atUs), spunUs: () => 0, stop: async () => {} }),
  );
  const readAt = (nowUs: number) => {
    clock.nowUs = nowUs;
    schedule.afterRead(nowUs);
  };
  schedule.begin();
  return { schedule, told, wakeAtUs, readAt };
}

test('reads prepare the next message a little before it is due, and send it then', () => {
  const { told, wakeAtUs, readAt } = stage();
  for (const atUs of [18_990, 19_010, 19_500, 19_999, 20_003, 20_004, 29_200, 41_000]) readAt(atUs);
  expect(told).toEqual([
    'prepared 20000 at 19010',
    'sent 20000 at 20003',
    'prepared 30000 at 29200',
    'sent 30000 at 41000',
    'sent 40000 at 41000',
  ]);
  expect(wakeAtUs).toEqual([20_000, 30_000, 50_000]);
});

test('nothing is prepared or sent when it has ended', () => {
  const { schedule, told, readAt } = stage();
  schedule.end();
  readAt(19_500);
  readAt(30_000);
  schedule.catchUp();
  expect(told).toEqual([]);
});

test('a message that cannot be built ends it, and is told of once', () => {
  const { told, readAt } = stage({ fails: true });
  readAt(20_000);
  readAt(30_000);
  expect(told).toEqual(['Error: it cannot be built']);
});

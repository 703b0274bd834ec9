/** A verdict is a function of scenario and event log (language, section 1): of nothing else, and of no order that is chance. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEvent } from '../../src/evidence/events.ts';
import { begin, beginState, exhaust, feed, type Machine } from '../../src/scenario/interpret/interpreter.ts';
import { conclude, type Outcome } from '../../src/scenario/interpret/outcome.ts';
import { type Arrival, forkState } from '../../src/scenario/interpret/state.ts';
import { createDriver, type Driver, logOf, machineOf, perform } from './generated.ts';
import { createRandom, type Random, runs } from './random.ts';
import { judge } from './stage.ts';

const patient = { timeout: runs(30_000) };

function check(seed: number, usual: number, property: (random: Random) => void): void {
  fc.assert(
    fc.property(fc.integer(), each => property(createRandom(each))),
    { seed, numRuns: runs(usual) },
  );
}

test('judging a log twice gives the same', patient, () => {
  const verdicts = new Map<string, number>();
  const kinds = new Map<string, number>();
  check(1, 200, random => {
    const machine = machineOf(random);
    const log = logOf(machine, random);
    const outcome = judge(machine, log);
    expect(judge(machine, log)).toEqual(outcome);
    for (const { verdict } of outcome.checks) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    for (const { failure } of outcome.failures) kinds.set(failure!.kind, (kinds.get(failure!.kind) ?? 0) + 1);
  });
  // The generator reaches what it is about.
  expect([...verdicts.keys()].sort()).toEqual(expect.arrayContaining(['fail', 'inconclusive', 'not-testable', 'pass']));
  expect([...kinds.keys()]).toEqual(
    expect.arrayContaining([
      'unmet',
      'stray',
      'forbidden',
      'verify',
      'too-late',
      'too-early',
      'invalid-frame',
      'closed',
      'fetch',
    ]),
  );
});

test('the order of events of different clients does not matter', patient, () => {
  let compared = 0;
  let moved = 0;
  check(2, 200, random => {
    const machine = machineOf(random);
    const log = logOf(machine, random);
    const outcome = withoutOrder(judge(machine, log));
    for (let k = 0; k < 5; k++) {
      const shuffled = shuffle(machine, log, random);
      if (!shuffled) continue;
      compared++;
      if (shuffled.some((event, at) => event !== log[at])) moved++;
      expect(withoutOrder(judge(machine, shuffled))).toEqual(outcome);
    }
  });
  expect(compared).toBeGreaterThan(600);
  expect(moved).toBeGreaterThan(400);
});

test('a fork goes on as the original does, and leaves it alone', patient, () => {
  check(3, 100, random => {
    const machine = machineOf(random);
    const log = logOf(machine, random);
    const straight = judge(machine, log);
    const at = random.under(log.length + 1);
    const state = beginState(machine, 0);
    begin(machine, state);
    for (const event of log.slice(0, at)) feed(machine, state, event);
    const before = conclude(machine, state);
    const fork = forkState(state);
    const other = forkState(state);
    for (const event of log.slice(at)) feed(machine, fork, event);
    for (const event of logOf(machine, random)) feed(machine, other, event);
    exhaust(machine, other);
    expect(conclude(machine, fork)).toEqual(straight);
    expect(conclude(machine, state)).toEqual(before);
    for (const event of log.slice(at)) feed(machine, state, event);
    expect(conclude(machine, state)).toEqual(straight);
  });
});

test('no events make it throw, and it always comes to an end', patient, () => {
  check(4, 150, random => {
    const machine = machineOf(random);
    const state = beginState(machine, 0);
    begin(machine, state);
    const real = logOf(machine, random);
    const events = random.list(0, 60, () => (random.chance(0.4) ? random.oneOf(real) : anyEvent(random)));
    for (const event of random.chance(0.5) ? events : [...real.slice(0, random.under(real.length)), ...events])
      feed(machine, state, event);
    conclude(machine, state);
    exhaust(machine, state);
    expect(conclude(machine, state).complete).toBe(true);
    for (const event of events) expect(feed(machine, state, event)).toEqual([]);
  });
});

/** What tells of the order in which the log was written: numbers of events, and instants that are those of the latest event. */
function withoutOrder(outcome: Outcome): unknown {
  const arrivalOf = ({ event: _, ...arrival }: Arrival) => arrival;
  return {
    ...outcome,
    failures: outcome.failures.map(decision => {
      const { event: _, atUs: __, nearest, meanwhile, ...facts } = decision.failure!;
      return {
        ...decision,
        failure: {
          ...facts,
          ...(nearest && { nearest: { ...nearest, arrival: arrivalOf(nearest.arrival) } }),
          meanwhile: meanwhile?.map(arrivalOf),
        },
      };
    }),
  };
}

/**
 * The log in another order: each client's own stays, and what answers an action does not come before the action was asked for.
 * Undefined if that order cannot have been, because something is asked for that this log does not answer.
 */
function shuffle(machine: Machine, log: readonly LogEvent[], random: Random): readonly LogEvent[] | undefined {
  const lanes = new Map<string, LogEvent[]>();
  for (const event of log) {
    const lane = 'c' in event && event.c !== undefined ? event.c : event.event;
    lanes.set(lane, [...(lanes.get(lane) ?? []), event]);
  }
  const state = beginState(machine, 0);
  const driver = createDriver();
  const shuffled: LogEvent[] = [];
  perform(driver, begin(machine, state), 0);
  const preferred = random.oneOf([...lanes.keys()]);
  while (shuffled.length < log.length) {
    const ready = [...lanes.entries()].filter(([, lane]) => lane.length > 0 && isPossible(driver, lane[0]!));
    if (ready.length === 0) return undefined;
    const favourite = ready.find(([name]) => name === preferred);
    const [, lane] = favourite && random.chance(0.7) ? favourite : random.oneOf(ready);
    const event = lane.shift()!;
    shuffled.push(event);
    settle(driver, event);
    perform(driver, feed(machine, state, event), event.t);
  }
  return driver.ready.length > 0 ? undefined : shuffled;
}

/** It answers what was asked for, or it is something that the target does. */
function isPossible(driver: Driver, event: LogEvent): boolean {
  switch (event.event) {
    case 'opened':
    case 'refused':
      return driver.ready.some(effect => effect.event === 'opened' && effect.c === event.c);
    case 'written':
      return driver.ready.some(effect => isSameWrite(effect, event));
    case 'due':
      return driver.timers.has(`${event.c} ${event.timer}`);
    case 'fetched':
      return driver.fetching;
    default:
      return true;
  }
}

function settle(driver: Driver, event: LogEvent): void {
  const k = driver.ready.findIndex(
    effect =>
      isSameWrite(effect, event) ||
      (effect.event === 'opened' && (event.event === 'opened' || event.event === 'refused') && effect.c === event.c),
  );
  if (k >= 0) driver.ready.splice(k, 1);
  if (event.event === 'due') driver.timers.delete(`${event.c} ${event.timer}`);
  if (event.event === 'fetched') driver.fetching = false;
}

function isSameWrite(a: LogEvent, b: LogEvent): boolean {
  return (
    a.event === 'written' &&
    b.event === 'written' &&
    a.c === b.c &&
    a.what === b.what &&
    a.n === b.n &&
    a.text === b.text
  );
}

function anyEvent(random: Random): LogEvent {
  const c = random.oneOf(['alice', 'bob', 'carol', 'nobody', '__proto__']);
  const t = random.under(1_000_000);
  const text = random.oneOf([
    '',
    '{',
    '{"t":"a"}',
    '{"t":"ok","id":"c1"}',
    '[]',
    'null',
    '{"t":"batch","of":[{"t":"a"},5]}',
    '{"__proto__":{"t":"a"}}',
  ]);
  const failed = random.chance(0.2) ? { failed: 'no' } : {};
  return random.oneOf<LogEvent>([
    { event: 'item', x: 0, c, t, text },
    { event: 'item', x: 0, c, t, base64: 'AAEC' },
    { event: 'item', x: 0, c, t, oversize: { digest: 'sha256:0', head: '' }, bytes: 1e9 },
    { event: 'item', x: 0, c, t, text, http: { status: random.oneOf([200, 404]), headers: {} } },
    { event: 'opened', x: 0, c, t, address: '' },
    { event: 'refused', x: 0, c, t, code: 'X', detail: 'x' },
    { event: 'closed', x: 0, c, t, by: random.oneOf(['us', 'target']) },
    {
      event: 'written',
      x: 0,
      c,
      t,
      what: random.oneOf(['frame', 'raw', 'http', 'close', 'half-close', 'abort', 'ping', 'wire']),
      n: random.under(3),
      text,
      ...failed,
    },
    { event: 'due', x: 0, c, t, timer: random.oneOf(['patience', 'until', 'pace', 'timeout']) },
    { event: 'due', x: 0, t, timer: random.oneOf(['patience', 'until', 'pace', 'timeout']) },
    { event: 'fetched', x: 0, t, source: 'otp', value: 1, ...failed },
    { event: 'restarted', x: 0, t, ...failed },
    { event: 'stalled', t, lagUs: random.under(1_000_000) },
    { event: 'note', t, text: 'x' },
    { event: 'finish', x: 0, t },
  ]);
}

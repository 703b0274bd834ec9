import { expect, test } from 'vitest';
import { AntiphonError } from '../../foundation/errors.ts';
import type { Value } from '../../foundation/value.ts';
import { builtOf, patternOf, span, type Written } from '../../values/testing.ts';
import { answerCall, setAnswers } from './answers.ts';
import type { Machine } from './machine.ts';
import { type ClientState, listOf, type State } from './state.ts';

/** A client with these answers; `asked` gives what it answers to a call. */
function hook(...answers: readonly { readonly call: Written; readonly with: Written; readonly times?: number }[]) {
  const answer = (_transport: string, method: string, frame: Value) => {
    if (frame === 'unspeakable') throw new AntiphonError('usage', 'frame-not-encodable', 'expected an object');
    return Buffer.from(`${method} ${JSON.stringify(frame)}`);
  };
  const around = { pack: { answer }, accounts: {}, unique: 'ab12cd34', epochMs: 0, roots: () => ({}) };
  const machine = {
    plan: { clients: [{ name: 'hook', transport: 'calls' }] },
    around,
    accountList: [],
    out: [],
  } as unknown as Machine;
  const client = { name: 'hook', index: 0, answers: [], failureCount: 0, evidenceCharacters: 0, failedChecks: {} };
  const clients = [client as unknown as ClientState];
  const state = { names: { seq: 7 }, nowUs: 0, events: 0, step: 0, clients } as unknown as State;
  setAnswers(machine, state, clients[0]!, {
    kind: 'answer',
    span,
    answers: answers.map(each => ({
      call: patternOf(each.call),
      with: builtOf(each.with),
      ...(each.times && { times: builtOf(each.times) }),
      span,
    })),
  });
  const asked = (frame: Value, n = 1) => {
    machine.out = [];
    const arrival = { event: 0, atUs: 0, frame, violations: [], malformed: false };
    answerCall(machine, state, clients[0]!, { n, method: 'Ask' }, arrival);
    return machine.out.flatMap(action => (action.do === 'write' ? [action.what, action.n, String(action.data)] : []));
  };
  return { asked, decisions: () => listOf(state.decisions) };
}

test('the first answer whose call matches is given, to the call that came', () => {
  const { asked } = hook({ call: { ask: 'one' }, with: { is: 1 } }, { call: {}, with: { is: 2 } });
  expect(asked({ ask: 'one' }, 3)).toEqual(['answer', 3, 'Ask {"is":1}']);
  expect(asked({ ask: 'two' }, 4)).toEqual(['answer', 4, 'Ask {"is":2}']);
});

test('what none fits is answered with an empty message', () => {
  expect(hook({ call: { ask: 'one' }, with: {} }).asked({ ask: 'two' })).toEqual(['answer', 1, '']);
  expect(hook().asked({})).toEqual(['answer', 1, '']);
});

test('an answer for so many calls is used up by them', () => {
  const { asked } = hook({ call: {}, with: { is: 1 }, times: 2 }, { call: {}, with: { is: 2 } });
  expect([1, 2, 3, 4].map(n => asked({}, n)[2])).toEqual([
    'Ask {"is":1}',
    'Ask {"is":1}',
    'Ask {"is":2}',
    'Ask {"is":2}',
  ]);
});

test('an answer sees what its call has bound, and what was bound before', () => {
  const { asked } = hook({ call: { ask: { $as: 'x' } }, with: { was: '$(x)', after: '$(seq)' } });
  expect(asked({ ask: 'one' })[2]).toBe('Ask {"was":"one","after":7}');
  expect(asked({ ask: 'two' })[2]).toBe('Ask {"was":"two","after":7}');
});

test('an answer that cannot be said is the fault of the scenario, and nobody waits for it', () => {
  const { asked, decisions } = hook({ call: {}, with: 'unspeakable' });
  expect(asked({})).toEqual(['answer', 1, '']);
  expect(decisions()).toMatchObject([
    { verdict: 'error', failure: { faultOf: 'scenario', message: 'expected an object' } },
  ]);
});

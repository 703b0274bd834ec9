/** Standing answers of a client that the target calls (language, section 11). They never wait for steps. */
import type { Call } from '../../evidence/events.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import type { Value } from '../../foundation/value.ts';
import { build } from '../../values/build.ts';
import { MissingValue, type Scope } from '../../values/expression.ts';
import { match } from '../../values/match.ts';
import type { Bindings } from '../../values/pattern.ts';
import type { AnswerAct } from '../plan.ts';
import { failSoft, plainCheck } from './fail.ts';
import { type Machine, revealing, scopeOf } from './machine.ts';
import type { Arrival, ClientState, StandingAnswer, State } from './state.ts';
import { countAmount, missing, Unwritable } from './write.ts';

/** These answers take the place of those before. */
export function setAnswers(machine: Machine, state: State, client: ClientState, { answers }: AnswerAct): void {
  const scope = scopeOf(machine, state, client, undefined);
  client.answers = answers.map(answer => ({
    answer,
    left: answer.times ? countAmount(answer.times, scope) : Number.POSITIVE_INFINITY,
  }));
}

/** The first answer that fits, or an empty one: whoever calls must not wait for what no scenario says. */
export function answerCall(
  machine: Machine,
  state: State,
  client: ClientState,
  { n, method }: Call,
  { frame }: Arrival,
): void {
  const found = frame === undefined ? undefined : answerTo(machine, state, client, frame);
  const encode = (scope: Scope) => (found ? encoded(machine, client, method, found, scope) : new Uint8Array());
  const scope = withBindings(scopeOf(machine, state, client, undefined), found?.bindings ?? {});
  const made = encode(scope);
  if (made instanceof Unwritable) {
    const { faultOf, message } = made;
    const failure = { kind: 'scenario', faultOf, message, atUs: state.nowUs, event: state.events } as const;
    failSoft(state, client, plainCheck, found!.answer.span, state.step, failure);
  }
  const data = made instanceof Unwritable ? new Uint8Array() : made;
  const reveal = (secrets: (text: string) => string) => {
    const open = encode(revealing(scope, secrets));
    return open instanceof Unwritable ? data : open;
  };
  const about = { client: client.name, n, what: 'answer', opcode: undefined, data, cut: [], everyUs: 0 } as const;
  machine.out.push({ do: 'write', ...about, hold: false, reveal });
}

interface Found {
  readonly answer: AnswerAct['answers'][number];
  readonly bindings: Bindings;
}

function answerTo(machine: Machine, state: State, client: ClientState, frame: Value): Found | undefined {
  const scope = scopeOf(machine, state, client, undefined);
  for (const [k, { answer, left }] of client.answers.entries()) {
    const bindings = left > 0 ? match(answer.call, frame, {}, scope) : null;
    if (!bindings) continue;
    client.answers = client.answers.with(k, { answer, left: left - 1 } satisfies StandingAnswer);
    return { answer, bindings };
  }
  return undefined;
}

function encoded(
  machine: Machine,
  client: ClientState,
  method: string,
  { answer }: Found,
  scope: Scope,
): Uint8Array | Unwritable {
  const made = build(answer.with, scope);
  if (made instanceof MissingValue) return missing(made);
  try {
    return machine.around.pack.answer(machine.plan.clients[client.index]!.transport, method, made.value);
  } catch (thrown) {
    if (thrown instanceof AntiphonError && thrown.code === 'frame-not-encodable')
      return new Unwritable('scenario', thrown.message);
    throw thrown;
  }
}

/** What the call has bound is seen before everything else. */
function withBindings(scope: Scope, bindings: Bindings): Scope {
  return {
    slot: slot => (Object.hasOwn(bindings, slot) ? bindings[slot] : scope.slot(slot)),
    account: client => scope.account(client),
    self: scope.self,
    turn: scope.turn,
    unique: scope.unique,
    root: name => scope.root(name),
    nowMs: scope.nowMs,
  };
}

import type { Written } from '../../evidence/events.ts';
import { parseJson } from '../../foundation/json.ts';
import { equalValues, type Value } from '../../foundation/value.ts';
import { failHard } from './fail.ts';
import { type Machine, slotOf } from './machine.ts';
import { goOn, noteWrite } from './origin.ts';
import { stepAt } from './run.ts';
import { bindNames, type ClientState, type PendingWrite, type State } from './state.ts';

/** A write of ours is in the log: origins, marks and ids are taken from it (language, sections 1 and 8). */
export function noteWritten(machine: Machine, state: State, client: ClientState, event: Written): void {
  const turn = client.turn;
  const step = stepAt(machine, state);
  if (event.what === 'answer') return;
  if (event.what === 'close' || event.what === 'abort') return noteWrite(state, client, step, event.t);
  if (event.failed !== undefined) return couldNotWrite(machine, state, client, event);
  if (!turn) return;
  if (turn.stage !== 'done') goOn(client, event.t);
  const pending = turn.expected.shift();
  const same = pending !== undefined && isAsPending(event, pending);
  if (pending && !same) state.diverged = true;
  const requestId = same ? pending.requestId : requestIdIn(machine, event);
  if (event.what === 'frame' || event.what === 'raw' || event.what === 'http') state.framesSent++;
  if (pending?.barrier) {
    turn.barrierId = requestId;
    turn.lastWriteUs = event.t;
    return;
  }
  if (event.what === 'http') client.awaited++;
  else if (client.awaited === 0) client.awaited = 1;
  noteWrite(state, client, step, event.t);
  if (pending)
    bindNames(
      state,
      pending.captures.map(({ slot, value }) => [slotOf(slot, client.name), value]),
    );
  const windowed = step?.kind === 'client' && step.act?.kind === 'send' && step.act.window !== undefined;
  turn.written++;
  if (windowed && requestId !== undefined) turn.unanswered.push(requestId);
  turn.acted = turn.written >= turn.writes;
  if (turn.stage === 'acting' && turn.expected.length === 0) turn.stage = 'reading';
  const context = step && client.contexts.get(step.index);
  if (!context || turn.writes !== 1) return;
  client.contexts.set(step.index, { originUs: context.originUs, replyId: requestId });
}

function isAsPending({ text, base64, http: written }: Written, { data, http }: PendingWrite): boolean {
  if (data instanceof Uint8Array) return base64 === Buffer.from(data).toString('base64');
  if (text !== data || !http || !written) return text === data;
  return (http.path === '' || http.path === written.path) && equalValues(http.headers, written.headers);
}

/**
 * The connection is over, which the stream will tell: a step that waits for something reads on, for it may wait for just that. A
 * step that waits for nothing more fails.
 */
function couldNotWrite(machine: Machine, state: State, client: ClientState, event: Written): void {
  const { turn } = client;
  if (!turn || turn.stage === 'done') return;
  if (event.unfit) {
    const cause = { kind: 'scenario', faultOf: 'scenario', message: `it cannot be written: ${event.failed}` } as const;
    failHard(machine, state, client, stepAt(machine, state), { ...cause, atUs: event.t, event: state.events });
    return;
  }
  if (!turn.met) {
    turn.stage = 'reading';
    turn.acted = false;
    turn.expected.length = 0;
    turn.writes = turn.issued;
    return;
  }
  const message = `could not write: ${event.failed}`;
  const cause = { kind: 'closed', faultOf: 'target', message, atUs: event.t, event: state.events } as const;
  failHard(machine, state, client, stepAt(machine, state), cause);
}

/** What was written is taken as given, also where this plan would have written something else. */
function requestIdIn(machine: Machine, event: Written): Value | undefined {
  if (event.text === undefined) return undefined;
  const parsed = parseJson(event.text);
  return parsed.ok ? machine.around.pack.requestIdOf(parsed.value) : undefined;
}

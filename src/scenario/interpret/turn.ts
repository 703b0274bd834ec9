/** A client's part in a step: connect, act, and the writes that follow one another (language, section 5). */

import type { Value } from '../../foundation/value.ts';
import { build } from '../../values/build.ts';
import type { Built } from '../../values/built.ts';
import { MissingValue } from '../../values/expression.ts';
import type { ClientStep, Connect, HttpAct, SendAct } from '../plan.ts';
import { wrongAmount } from './amounts.ts';
import { setAnswers } from './answers.ts';
import { failHard } from './fail.ts';
import { type Machine, scopeOf, transportOf } from './machine.ts';
import { noteAsked } from './memory.ts';
import { absenceGrade, noteWrite } from './origin.ts';
import { publish } from './readings.ts';
import { missingReference } from './references.ts';
import { buildFramePost, buildRequest, textMembers } from './request.ts';
import { beginRest, followedBy, mayEnd } from './rest.ts';
import type { ClientState, PendingWrite, State, Turn } from './state.ts';
import { emptyLists } from './turn-lists.ts';
import { buildWrite, countAmount, durationAmount, missing, Unwritable } from './write.ts';

export function freshTurn(state: State, about: Partial<Turn> = {}): Turn {
  return {
    stage: 'reading',
    acted: true,
    issued: 0,
    written: 0,
    writes: 0,
    expected: [],
    unanswered: [],
    pacing: false,
    invalidWrites: 0,
    met: false,
    failed: false,
    originUs: state.lastWriteUs,
    beganUs: state.begunUs,
    lastWriteUs: undefined,
    lastTakenUs: undefined,
    patienceAtUs: undefined,
    strays: [],
    strayCharacters: 0,
    straysDropped: 0,
    violated: [],
    barrierId: undefined,
    absence: 'own',
    until: undefined,
    untilAtUs: undefined,
    ...about,
  };
}

/** Begins a client's part: its expect joins what remains, then it connects or acts. */
export function beginTurn(
  machine: Machine,
  state: State,
  client: ClientState,
  step: ClientStep,
  unproved: readonly string[],
): void {
  const scope = scopeOf(machine, state, client, undefined);
  const originUs = step.since === undefined ? state.lastWriteUs : state.marks[step.since];
  const turn = freshTurn(state, { originUs, until: step.until, absence: absenceGrade(client, step, unproved) });
  client.turn = turn;
  client.lastStep = step.index;
  const lacking = missingReference(step, scope);
  const wrong = lacking ? missing(lacking) : wrongAmount(step, scope);
  if (step.expect) {
    // Where a count is not known, one turn stands for all that is not testable.
    const rest = beginRest(step.expect, amount =>
      wrong && typeof amount !== 'number' ? 1 : countAmount(amount, scope),
    );
    client.contexts.set(step.index, { replyId: undefined, originUs });
    const lists = emptyLists(step);
    client.readings = client.readings.map(reading => ({
      ...reading,
      rest: followedBy(reading.rest, rest),
      bindings: lists ? { ...reading.bindings, ...lists } : reading.bindings,
    }));
  }
  if (wrong) return cannotWrite(machine, state, client, step, wrong);
  turn.met = client.readings.some(reading => mayEnd(reading.rest));
  if (turn.met) publish(state, client);
  if (step.connect) connect(machine, state, client, step, step.connect);
  else beginAct(machine, state, client, step);
}

function connect(machine: Machine, state: State, client: ClientState, step: ClientStep, wanted: Connect): void {
  const scope = scopeOf(machine, state, client, undefined);
  const failed: Unwritable[] = [];
  const value = (built: Built | undefined): Value | undefined => {
    if (!built) return undefined;
    const made = build(built, scope);
    if (!(made instanceof MissingValue)) return made.value;
    failed.push(missing(made));
    return undefined;
  };
  const host = value(wanted.host);
  const port = value(wanted.port);
  const path = value(wanted.path);
  const query = textMembers(value(wanted.query));
  const headers = textMembers(value(wanted.headers));
  if (failed.length > 0) return cannotWrite(machine, state, client, step, failed[0]!);
  noteAsked(machine.memory, state, `connect ${step.index} ${client.index}`, {
    host: host ?? null,
    port: port ?? null,
    path: path ?? null,
    query,
    headers,
  });
  noteWrite(state, client, step, state.begunUs);
  client.turn!.stage = 'connecting';
  client.turn!.acted = false;
  client.status = 'opening';
  client.closedByUs = false;
  client.stopped = false;
  client.awaited = 0;
  machine.out.push({
    do: 'connect',
    client: client.name,
    transport: machine.plan.clients[client.index]!.transport,
    host: host === undefined ? undefined : String(host),
    port: port === undefined ? undefined : Number(port),
    path: path === undefined ? undefined : String(path),
    query,
    headers,
    subprotocols: wanted.subprotocols ?? [],
    pong: wanted.pong,
  });
}

export function beginAct(machine: Machine, state: State, client: ClientState, step: ClientStep): void {
  const act = step.act;
  const turn = client.turn!;
  if (!act) {
    turn.stage = 'reading';
    turn.acted = true;
    return;
  }
  if (act.kind === 'answer') {
    const transport = transportOf(machine, client);
    if (transport?.role !== 'server' || transport.kind !== 'grpc')
      return cannotWrite(machine, state, client, step, new Unwritable('scenario', notCalled));
    setAnswers(machine, state, client, act);
    turn.stage = 'reading';
    turn.acted = true;
    return;
  }
  if (!isUsable(machine, client)) {
    // What closed it is in the stream, and is read before anything else is decided.
    turn.stage = act.kind === 'close' ? 'closing' : 'reading';
    turn.acted = act.kind === 'close';
    return;
  }
  if (act.kind === 'reading') {
    machine.out.push({ do: 'reading', client: client.name, go: act.go });
    client.stopped = !act.go;
    turn.stage = 'reading';
    turn.acted = true;
    return;
  }
  if (act.kind === 'close') {
    const code = act.code && countAmount(act.code, scopeOf(machine, state, client, undefined));
    machine.out.push({ do: 'close', client: client.name, code, half: act.half, abort: act.abort });
    client.closedByUs = !act.half;
    client.halfClosed = act.half;
    turn.stage = act.half ? 'acting' : 'closing';
    turn.acted = !act.half;
    turn.writes = act.half ? 1 : 0;
    if (!act.half) client.status = 'closing';
    return;
  }
  const times = act.times ? countAmount(act.times, scopeOf(machine, state, client, undefined)) : 1;
  const perTurn = act.kind === 'send' ? act.frames.length : 1;
  turn.writes = times * perTurn;
  turn.stage = turn.writes > 0 ? 'acting' : 'reading';
  turn.acted = turn.writes === 0;
  issueWrites(machine, state, client, step, act);
}

/** Open; an HTTP client opens its connection anew by itself. */
function isUsable(machine: Machine, client: ClientState): boolean {
  return client.status === 'open' || transportOf(machine, client)?.kind === 'http';
}

/** Issues the writes that may go now: all of them, or as many as the window or the pace lets through. */
export function issueWrites(
  machine: Machine,
  state: State,
  client: ClientState,
  step: ClientStep,
  act: SendAct | HttpAct,
): void {
  const scope = scopeOf(machine, state, client, undefined);
  const window = act.kind === 'send' && act.window ? countAmount(act.window, scope) : Number.POSITIVE_INFINITY;
  const paced = act.every !== undefined && act.times !== undefined;
  const perTurn = act.kind === 'send' ? act.frames.length : 1;
  const before = machine.out.length;
  const turn = client.turn!;
  const cannot = (why: Unwritable) => {
    // Nothing of it leaves: it would be logged when the step is over.
    machine.out.length = before;
    cannotWrite(machine, state, client, step, why);
  };
  while (turn.issued < turn.writes && !turn.pacing && turn.unanswered.length + turn.expected.length < window) {
    const n = turn.issued + 1;
    const repetition = Math.floor(turn.issued / perTurn) + 1;
    const hold = act.kind === 'send' && act.together && n < turn.writes;
    const pending = issueOne(machine, state, client, act, turn.issued % perTurn, repetition, n, hold);
    if (pending instanceof Unwritable) return cannot(pending);
    turn.issued = n;
    turn.expected.push(pending.write);
    if (pending.invalid) turn.invalidWrites++;
    if (paced && n % perTurn === 0 && n < turn.writes) {
      machine.out.push({
        do: 'timer',
        client: client.name,
        timer: 'pace',
        atUs: state.nowUs + durationAmount(act.every!, scope),
      });
      turn.pacing = true;
    }
  }
  if (act.kind === 'send' && act.invalid && turn.issued === turn.writes && turn.invalidWrites === 0) {
    cannot(new Unwritable('scenario', noneInvalid));
  }
}

const notCalled =
  'the target calls nobody here: standing answers are for clients on a transport of `kind: grpc` and `role: server`';

const noneInvalid =
  '`invalid: true` says that a frame breaks its schema, but every frame of this step is valid: take it away, or break one';

function issueOne(
  machine: Machine,
  state: State,
  client: ClientState,
  act: SendAct | HttpAct,
  k: number,
  repetition: number,
  n: number,
  hold: boolean,
): { write: PendingWrite; invalid: boolean } | Unwritable {
  if (act.kind === 'send' && !act.raw && transportOf(machine, client)?.kind === 'http') {
    const post = buildFramePost(machine, state, client, act, k, repetition, n);
    if (post instanceof Unwritable) return post;
    machine.out.push(post.action);
    return { write: post.pending, invalid: post.invalid };
  }
  if (act.kind === 'send') {
    const built = buildWrite(machine, state, client, act, k, repetition, n, hold);
    if (built instanceof Unwritable) return built;
    machine.out.push(built.action);
    return { write: built.pending, invalid: built.invalid };
  }
  const request = buildRequest(
    act,
    client.name,
    n,
    scopeOf(machine, state, client, act.times ? repetition : undefined),
  );
  if (request instanceof Unwritable) return request;
  machine.out.push(request);
  const { path, headers, body } = request;
  const http = { path, headers };
  return { write: { n, data: body, http, requestId: undefined, captures: [], barrier: false }, invalid: false };
}

function cannotWrite(machine: Machine, state: State, client: ClientState, step: ClientStep, why: Unwritable): void {
  const kind = why.faultOf === 'scenario' ? 'scenario' : 'not-testable';
  failHard(machine, state, client, step, {
    kind,
    faultOf: why.faultOf,
    message: why.message,
    atUs: state.nowUs,
    event: state.events,
  });
}

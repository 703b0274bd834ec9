/** Builds what is written: frames with their ids, raw bytes, pieces, HTTP requests. The text here is the log's: secrets are references. */
import { AntiphonError } from '../../foundation/errors.ts';
import type { Encoded } from '../../foundation/pack.ts';
import type { Value } from '../../foundation/value.ts';
import { durationUsOf } from '../../values/add-terms.ts';
import { type BuildResult, build, buildRaw } from '../../values/build.ts';
import type { Built } from '../../values/built.ts';
import { MissingValue, type Scope } from '../../values/expression.ts';
import { fillTo, replaceAt } from '../../values/fill.ts';
import type { SendAct } from '../plan.ts';
import type { WriteAction } from './action.ts';
import { followNames } from './follow.ts';
import { type Machine, revealing, scopeOf, transportOf } from './machine.ts';
import { type Frame, keepFrame, keptFrame } from './memory.ts';
import type { ClientState, PendingWrite, State } from './state.ts';

/** A write that cannot be made: the scenario's fault, or a value that never came. */
export class Unwritable {
  readonly faultOf: 'scenario' | 'target';
  readonly message: string;
  constructor(faultOf: 'scenario' | 'target', message: string) {
    this.faultOf = faultOf;
    this.message = message;
  }
}

export interface BuiltWrite {
  readonly action: WriteAction;
  readonly pending: PendingWrite;
  /** The frame broke its schema. */
  readonly invalid: boolean;
}

type Reveal = ((text: string) => string) | undefined;

/** The next frame of a client, with the request number at hand. */
export function nextFrame(
  machine: Machine,
  state: State,
  client: ClientState,
  built: Built,
  turn: number | undefined,
): Frame | Unwritable {
  const { memory } = machine;
  const known = memory && keptFrame(memory, state, built, client, turn);
  if (known) return known;
  const frame = encodeFrame(machine, client, built, scopeOf(machine, state, client, turn), client.requests + 1);
  if (memory && !(frame instanceof Unwritable)) keepFrame(memory, state, built, client, turn, frame);
  return frame;
}

function encodeFrame(
  machine: Machine,
  client: ClientState,
  built: Built,
  scope: Scope,
  requestNumber: number,
): Frame | Unwritable {
  const made = build(built, scope);
  if (made instanceof MissingValue) return missing(made);
  const transport = machine.plan.clients[client.index]!.transport;
  const encode = (value: Value) => machine.around.pack.encode(transport, value, requestNumber, made.omitted);
  try {
    return filledFrame(made, encode);
  } catch (thrown) {
    if (thrown instanceof AntiphonError && thrown.code === 'frame-not-encodable')
      return new Unwritable('scenario', thrown.message);
    throw thrown;
  }
}

function filledFrame(made: BuildResult, encode: (value: Value) => Encoded): Frame | Unwritable {
  if (!made.fill) return framed(encode(made.value), made);
  const { path, bytes } = made.fill;
  const filled = fillTo(bytes, filler => Buffer.byteLength(encode(replaceAt(made.value, path, filler)).data));
  if (!filled.ok) {
    return new Unwritable(
      'scenario',
      `$fill asks for a frame of ${bytes} bytes, but the frame has ${filled.sizeBytes} without any filler: ask for more, or send less beside it`,
    );
  }
  return framed(encode(replaceAt(made.value, path, filled.filler)), made);
}

/** What `$as` names; where it stands alone, what the pack filled in. */
function framed({ frame, data, requestId }: Encoded, made: BuildResult): Frame {
  if (made.filled.length === 0) return { frame, data, requestId, captures: made.captures };
  const filled = made.filled.flatMap(({ slot, path }) => {
    const value = followNames(frame, path);
    return value === undefined ? [] : [{ slot, value }];
  });
  return { frame, data, requestId, captures: [...made.captures, ...filled] };
}

export function missing(value: MissingValue): Unwritable {
  return new Unwritable('target', `$(${value.expression.text}) has no value: ${value.detail}`);
}

/** One write of a `send` or `raw` act: frame `k` in turn `turn`, write number `n` of the step. */
export function buildWrite(
  machine: Machine,
  state: State,
  client: ClientState,
  act: SendAct,
  k: number,
  turn: number,
  n: number,
  hold: boolean,
): BuiltWrite | Unwritable {
  const scope = scopeOf(machine, state, client, act.times ? turn : undefined);
  const everyUs = act.times || !act.every ? 0 : durationAmount(act.every, scope);
  const cut = act.cut ?? uncut;
  if (act.raw) return rawWrite(act, act.frames[k]!, scope, { do: 'write', client: client.name, n, cut, everyUs, hold });
  const requestNumber = client.requests + 1;
  const made = nextFrame(machine, state, client, act.frames[k]!, act.times ? turn : undefined);
  if (made instanceof Unwritable) return made;
  client.requests = requestNumber;
  const { pack } = machine.around;
  const invalid = pack.validate('sent', pack.kindOf(made.frame), made.frame);
  if (invalid.length > 0 && !act.invalid) {
    const { at, message } = invalid[0]!;
    return new Unwritable(
      'scenario',
      `the frame to send breaks its schema at ${at || 'its top'}: ${message}; correct it, or say \`invalid: true\` if that is meant`,
    );
  }
  const reveal = (secrets: NonNullable<Reveal>) => {
    const open = encodeFrame(machine, client, act.frames[k]!, revealing(scope, secrets), requestNumber);
    return open instanceof Unwritable ? made.data : open.data;
  };
  const { data, requestId, captures } = made;
  const opcode = transportOf(machine, client)?.opcode ?? 'text';
  return {
    action: { do: 'write', client: client.name, n, what: 'frame', opcode, data, cut, everyUs, hold, reveal },
    pending: { n, data, requestId, captures, barrier: false },
    invalid: invalid.length > 0,
  };
}

const uncut: readonly number[] = [];

function rawWrite(
  act: SendAct,
  built: Built,
  scope: Scope,
  common: Pick<WriteAction, 'do' | 'client' | 'n' | 'cut' | 'everyUs' | 'hold'>,
): BuiltWrite | Unwritable {
  const made = buildRaw(built, scope);
  if (made instanceof MissingValue) return missing(made);
  const { data, captures } = made;
  const reveal = (secrets: NonNullable<Reveal>) => {
    const open = buildRaw(built, revealing(scope, secrets));
    return open instanceof MissingValue ? data : open.data;
  };
  const ping = act.opcode === 'ping';
  const what = act.wire ? 'wire' : ping ? 'ping' : 'raw';
  const opcode = ping ? undefined : (act.opcode ?? (typeof data === 'string' ? undefined : 'binary'));
  return {
    action: { ...common, what, opcode, data, reveal },
    pending: { n: common.n, data, requestId: undefined, captures, barrier: false },
    invalid: false,
  };
}

/** A duration in microseconds; 0 if it has no value. */
export function durationAmount(built: Built, scope: Scope): number {
  const made = build(built, scope);
  return made instanceof MissingValue ? 0 : (durationUsOf(made.value) ?? 0);
}

/** A count; 0 if it has no value. */
export function countAmount(built: Built | number, scope: Scope): number {
  if (typeof built === 'number') return built;
  const made = build(built, scope);
  return made instanceof MissingValue ? 0 : Number(made.value);
}

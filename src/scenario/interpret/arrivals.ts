import type { Closed, ItemEvent, Opened, Refused } from '../../evidence/events.ts';
import type { Payload, Violation } from '../../foundation/pack.ts';
import { type Machine, transportOf } from './machine.ts';
import type { Arrival, ClientState, State } from './state.ts';

const none: readonly [] = [];

/** What an event is to a scenario: one arrival, or one for each element of a batch. */
export function arrivalsOf(
  machine: Machine,
  state: State,
  client: ClientState,
  event: ItemEvent | Opened | Closed | Refused,
): readonly Arrival[] {
  const base = { event: state.events, atUs: event.t, violations: none, malformed: false };
  if (event.event === 'opened') {
    const { subprotocol } = event;
    return [{ ...base, opened: subprotocol === undefined ? {} : { subprotocol } }];
  }
  if (event.event === 'refused') {
    const closed =
      event.status === undefined
        ? { by: 'target', refused: event.detail }
        : { by: 'target', refused: event.detail, status: event.status };
    return [{ ...base, closed: closed as Arrival['closed'] & {} }];
  }
  if (event.event === 'closed') {
    const { code, status, by } = event;
    const between = isBetweenAnswers(machine, client, event) ? { between: true as const } : {};
    const about = [event.error, event.reason].filter(part => part !== undefined && part !== '').join(', ');
    const closed = {
      ...(about === '' ? {} : { about }),
      ...(code === undefined ? {} : { code }),
      ...(status === undefined ? {} : { status }),
      by,
      ...between,
    };
    return [{ ...base, violations: brokenForm(event), closed }];
  }
  const { memory } = machine;
  const known = memory?.arrivals.get(event);
  if (known) return known;
  const arrivals = decoded(machine, client, event, base);
  if (memory && !memory.sealed) memory.arrivals.set(event, arrivals);
  return arrivals;
}

/** Transport errors that say: what the target sent is no message of this transport. */
const formErrors: ReadonlySet<string> = new Set(['bad-frame', 'bad-http', 'too-long']);

function brokenForm({ error, reason }: Closed): readonly Violation[] {
  if (error === undefined || !formErrors.has(error)) return none;
  return [{ code: 'encoding', at: '', message: reason === undefined ? error : `${error}: ${reason}` }];
}

/** HTTP: an end while no answer is awaited, or of a connection that is being opened anew for the next request. */
function isBetweenAnswers(machine: Machine, client: ClientState, { by, error }: Closed): boolean {
  if (transportOf(machine, client)?.kind !== 'http') return false;
  return client.awaited === 0 || (by === 'us' && error === undefined);
}

function decoded(
  machine: Machine,
  client: ClientState,
  event: ItemEvent,
  base: Pick<Arrival, 'event' | 'atUs' | 'violations' | 'malformed'>,
): readonly Arrival[] {
  const whole = wholeMessage(event, base);
  // An HTTP answer without a body, or with one that no frame is expected in, is an item all the same.
  if (event.http && !event.oversize && (event.text ?? '') === '' && event.base64 === undefined) return [whole];
  const transport = machine.plan.clients[client.index]!.transport;
  const result = machine.around.pack.decode(transport, payloadOf(event));
  if (!result.ok) {
    if (event.http && event.http.status !== 200) return [whole];
    return [{ ...whole, violations: result.violations, malformed: true }];
  }
  if (result.frames.length === 1) {
    whole.frame = result.frames[0]!;
    whole.violations = result.violations;
    return [whole];
  }
  // An element of a batch keeps the text of the whole message; a violation of that is told once, with the first.
  return result.frames.map((frame, k) =>
    k === 0
      ? { ...whole, frame, violations: result.violations }
      : { ...whole, frame, violations: none, laterPart: true },
  );
}

type Draft = { -readonly [Name in keyof Arrival]: Arrival[Name] };

/** Filled in member by member: one is made for every message there is. */
function wholeMessage(
  { text, http }: ItemEvent,
  base: Pick<Arrival, 'event' | 'atUs' | 'violations' | 'malformed'>,
): Draft {
  const whole: Draft = { event: base.event, atUs: base.atUs, violations: base.violations, malformed: base.malformed };
  if (text !== undefined) whole.text = text;
  if (http) whole.http = http;
  return whole;
}

function payloadOf(event: ItemEvent): Payload {
  const { text, opcode } = event;
  if (text !== undefined && opcode !== undefined && event.bytes === undefined && !event.unterminated) {
    return { text, opcode, sizeBytes: Buffer.byteLength(text) };
  }
  return {
    ...(event.text === undefined ? {} : { text: event.text }),
    ...(event.base64 === undefined ? {} : { base64: event.base64 }),
    sizeBytes: event.bytes ?? (event.text === undefined ? 0 : Buffer.byteLength(event.text)),
    ...(event.opcode ? { opcode: event.opcode } : {}),
    ...(event.oversize ? { oversize: true } : {}),
    ...(event.unterminated ? { unterminated: true } : {}),
    ...(event.call ? { method: event.call.method } : {}),
  };
}

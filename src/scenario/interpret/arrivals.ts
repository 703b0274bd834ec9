import type { Closed, ItemEvent, Refused } from '../../evidence/events.ts';
import type { Payload } from '../../foundation/pack.ts';
import { type Machine, transportOf } from './machine.ts';
import type { Arrival, ClientState, State } from './state.ts';

const none: readonly [] = [];

/** What an event is to a scenario: one arrival, or one for each element of a batch. */
export function arrivalsOf(
  machine: Machine,
  state: State,
  client: ClientState,
  event: ItemEvent | Closed | Refused,
): readonly Arrival[] {
  const base = { event: state.events, atUs: event.t, violations: none, malformed: false };
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
    const closed = {
      ...(code === undefined ? {} : { code }),
      ...(status === undefined ? {} : { status }),
      by,
      ...between,
    };
    return [{ ...base, closed }];
  }
  return decoded(machine, client, event, base);
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
  const whole: Arrival = {
    ...base,
    ...(event.text === undefined ? {} : { text: event.text }),
    ...(event.http ? { http: event.http } : {}),
  };
  // An HTTP answer without a body, or with one that no frame is expected in, is an item all the same.
  if (event.http && (event.text === '' || event.text === undefined) && event.base64 === undefined) return [whole];
  const transport = machine.plan.clients[client.index]!.transport;
  const result = machine.around.pack.decode(transport, payloadOf(event));
  if (!result.ok) {
    if (event.http && event.http.status !== 200) return [whole];
    return [{ ...whole, violations: result.violations, malformed: true }];
  }
  return result.frames.map((frame, k) => ({
    // An element of a batch keeps the text of the whole message.
    ...whole,
    frame,
    // A violation of the whole message is told once, with its first frame.
    violations: k === 0 ? result.violations : none,
  }));
}

function payloadOf(event: ItemEvent): Payload {
  return {
    ...(event.text === undefined ? {} : { text: event.text }),
    ...(event.base64 === undefined ? {} : { base64: event.base64 }),
    sizeBytes: event.bytes ?? (event.text === undefined ? 0 : Buffer.byteLength(event.text)),
    ...(event.opcode ? { opcode: event.opcode } : {}),
    ...(event.oversize ? { oversize: true } : {}),
    ...(event.unterminated ? { unterminated: true } : {}),
  };
}

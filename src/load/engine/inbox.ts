/**
 * What becomes of every message that arrives: with a sound marker it goes to the ledger, without being parsed; anything else goes to the
 * interpreter while that reads, else it is looked at in full. So is one in a thousand of those with a marker.
 */
import { isUtf8 } from 'node:buffer';
import { writeJson } from '../../foundation/json.ts';
import type { Pack, Payload } from '../../foundation/pack.ts';
import type { Value } from '../../foundation/value.ts';
import { valueAt } from '../../packs/pointer.ts';
import type { MarkerFinder } from '../hot-path/marker-finder.ts';
import { awaitAcknowledgement, noteAcknowledged } from '../ledger/acknowledgements.ts';
import { type Ledger, noteCorrupt, noteReceived } from '../ledger/ledger.ts';
import type { LoadClient } from './load-client.ts';
import type { LoadRules } from './load-rules.ts';

export interface InboxOptions {
  /** By index. */
  readonly clients: readonly LoadClient[];
  readonly ledger: Ledger;
  readonly finder: MarkerFinder;
  readonly pack: Pack;
  readonly rules: LoadRules;
  /** Name of the transport. */
  readonly transport: string;
  /** From the stream in a marker to that of this worker; -1 for those of others. */
  readonly ownStream: (stream: number) => number;
}

export interface Inbox {
  /** Of the client with this index. */
  message(client: number, area: Buffer, start: number, end: number, binary: boolean | undefined, atUs: number): void;
  /** The client has sent a request with this id, which an acknowledgement will repeat. */
  awaitAck(client: LoadClient, id: Value, stream: number, sequence: number): void;
}

export function createInbox(options: InboxOptions): Inbox {
  const { clients, ledger, finder, ownStream, rules } = options;
  const awaited = new Map<LoadClient, Map<string, { readonly stream: number; readonly sequence: number }>>();
  let untilSample = sampledOf;

  // The clients themselves are not looked at for a delivery: to fetch an object costs more than all that is done here.
  function message(
    client: number,
    area: Buffer,
    start: number,
    end: number,
    binary: boolean | undefined,
    atUs: number,
  ): void {
    if (atUs >= ledger.recordFromUs) ledger.counters.receivedBytes += end - start;
    const found = finder.find(area, start, end);
    if (found === 'sound') {
      noteReceived(ledger, client, ownStream(finder.stream), finder.sequence, finder.dueUs, atUs);
      if (--untilSample === 0) {
        untilSample = sampledOf;
        sample(options, client, area.subarray(start, end), binary, atUs);
      }
    } else {
      other(clients[client]!, area.subarray(start, end), binary, found === 'corrupt', atUs);
    }
  }

  /** A message without a sound marker. */
  function other(client: LoadClient, bytes: Buffer, binary: boolean | undefined, tagged: boolean, atUs: number): void {
    if (!client.open) return;
    if (client.interpreter) {
      const opcode = binary === undefined ? {} : { opcode: binary ? ('binary' as const) : ('text' as const) };
      client.interpreter.item(atUs, { bytes: Buffer.from(bytes), ...opcode });
      return;
    }
    const isAck = lookAt(options, client, payloadOf(bytes, binary), tagged, atUs);
    if (isAck !== undefined) acknowledge(client, isAck, atUs);
  }

  function acknowledge(client: LoadClient, id: Value, atUs: number): void {
    const ofClient = awaited.get(client);
    const key = writeJson(id);
    const sent = ofClient?.get(key);
    if (!sent) return;
    ofClient!.delete(key);
    noteAcknowledged(ledger, sent.stream, sent.sequence, atUs);
  }

  return {
    message,
    awaitAck(client, id, stream, sequence) {
      if (rules.ackKinds.size === 0) return;
      let ofClient = awaited.get(client);
      if (!ofClient) {
        ofClient = new Map();
        awaited.set(client, ofClient);
      }
      // The oldest go first: a target that acknowledges nothing must not fill the memory.
      const [oldest] = ofClient.size === mostAwaited ? ofClient : [];
      if (oldest) {
        ofClient.delete(oldest[0]);
        awaitAcknowledgement(ledger, oldest[1].stream, oldest[1].sequence, false);
      }
      ofClient.set(writeJson(id), { stream, sequence });
      awaitAcknowledgement(ledger, stream, sequence, true);
    },
  };
}

/** One message in so many is decoded and checked in full. */
const sampledOf = 1_000;

const mostAwaited = 10_000;

/** A message without a sound marker: the id that it acknowledges, if it does; a delivery must have a marker. */
function lookAt(
  { ledger, pack, rules, transport }: InboxOptions,
  client: LoadClient,
  payload: Payload,
  tagged: boolean,
  atUs: number,
): Value | undefined {
  const decoded = pack.decode(transport, payload);
  const frames = decoded.ok ? decoded.frames : [];
  let acknowledged: Value | undefined;
  let corrupt = tagged;
  for (const frame of frames) {
    const kind = pack.kindOf(frame);
    if (kind === undefined) continue;
    if (rules.deliveryKinds.has(kind)) corrupt = true;
    if (rules.ackKinds.has(kind)) acknowledged = pack.replyIdOf(frame)?.id;
  }
  if (corrupt) noteCorrupt(ledger, client.index, atUs, 'a delivery without a sound marker');
  return acknowledged;
}

function sample(
  { ledger, pack, rules, transport, finder }: InboxOptions,
  client: number,
  bytes: Buffer,
  binary: boolean | undefined,
  atUs: number,
): void {
  if (atUs < ledger.recordFromUs) return;
  const { stream, sequence } = finder;
  ledger.counters.sampled++;
  const decoded = pack.decode(transport, payloadOf(bytes, binary));
  const violation = decoded.violations[0];
  const about = violation ? `${violation.at || 'at its top'}: ${violation.message}` : misplaced(decoded, rules);
  if (about === undefined) return;
  ledger.counters.invalid++;
  ledger.tell({ kind: 'invalid', client, stream, sequence, atUs, about });
}

/** The marker stands where the pack says, in a frame of a kind that delivers. */
function misplaced(decoded: ReturnType<Pack['decode']>, { markerAt }: LoadRules): string | undefined {
  const frames = decoded.ok ? decoded.frames : [];
  const isThere = frames.some(frame => typeof valueAt(frame, markerAt) === 'string');
  return isThere ? undefined : `expected the payload at /${markerAt.join('/')}, and it is not there`;
}

function payloadOf(bytes: Buffer, binary: boolean | undefined): Payload {
  const opcode = binary === undefined ? {} : { opcode: binary ? ('binary' as const) : ('text' as const) };
  const common = { sizeBytes: bytes.length, ...opcode };
  return isUtf8(bytes) ? { ...common, text: bytes.toString('utf8') } : { ...common, base64: bytes.toString('base64') };
}

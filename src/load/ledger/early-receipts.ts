/** What has been received of messages of other workers before their word, and who has been on the way in or out meanwhile. */
import type { Ledger } from './ledger.ts';

/** A receipt that waits for the word of its message, or behind one that does: what one receiver has had is entered in its order. */
export interface Early {
  readonly sequence: number;
  readonly dueUs: number;
  readonly atUs: number;
}

export interface Elsewhere {
  /** By stream, then by client. */
  readonly early: Map<number, Map<number, Early[]>>;
  earlyCount: number;
  /** By client: when its way in or out last began, and when it last got on with it. */
  readonly beganUs: Float64Array;
  readonly changedUs: Float64Array;
  /** Clients that were on their way lately, the last one last. */
  readonly recent: Set<number>;
}

export function createElsewhere(clients: number): Elsewhere {
  const never = () => new Float64Array(clients).fill(Number.NEGATIVE_INFINITY);
  return { early: new Map(), earlyCount: 0, beganUs: never(), changedUs: never(), recent: new Set() };
}

/** Whether a receipt has to wait. It has not if its sender is here; nor if a target makes up so many that it cannot be true. */
export function waitsForWord(
  { places, elsewhere, messages }: Ledger,
  client: number,
  stream: number,
  sequence: number,
  dueUs: number,
  atUs: number,
): boolean {
  if (places.senderOfStream[stream]! >= 0 || elsewhere.earlyCount === mostEarly) return false;
  let ofStream = elsewhere.early.get(stream);
  const ofClient = ofStream?.get(client);
  if (!ofClient && sequence <= messages[stream]!.last) return false;
  if (!ofStream) {
    ofStream = new Map();
    elsewhere.early.set(stream, ofStream);
  }
  if (ofClient) ofClient.push({ sequence, dueUs, atUs });
  else ofStream.set(client, [{ sequence, dueUs, atUs }]);
  elsewhere.earlyCount++;
  return true;
}

/** Some seconds of a dense load. */
const mostEarly = 1_000_000;

/** Longer than any word is under way. */
const recentUs = 10_000_000;

/** A client's way in or out has begun, or has got on. */
export function noteChange({ elsewhere }: Ledger, client: number, nowUs: number, begins: boolean): void {
  if (begins) elsewhere.beganUs[client] = nowUs;
  elsewhere.changedUs[client] = nowUs;
  elsewhere.recent.delete(client);
  elsewhere.recent.add(client);
  for (const each of elsewhere.recent) {
    if (elsewhere.changedUs[each]! >= nowUs - recentUs) break;
    elsewhere.recent.delete(each);
  }
}

/** The receipt of this message that the client had before it went, if it waits. */
export function takeEarly(elsewhere: Elsewhere, client: number, stream: number, sequence: number): Early | undefined {
  const waiting = elsewhere.early.get(stream)?.get(client);
  const at = waiting?.findIndex(early => early.sequence === sequence && early.atUs <= elsewhere.beganUs[client]!) ?? -1;
  if (at < 0) return undefined;
  elsewhere.earlyCount--;
  return waiting!.splice(at, 1)[0];
}

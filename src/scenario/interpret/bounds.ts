/** How much of what a target sends is kept, so that none can fill our memory: what waits to be read, strays, what failures show. */
import type { FailureFacts } from './decision.ts';
import type { Arrival, ClientState, Turn } from './state.ts';

/** More than this came unasked: a flood. */
export const mostUnasked = 10_000;

const mostUnread = 100_000;

/** Of text, of one client. One message may be longer, alone; so in what follows. */
const mostUnreadCharacters = 2_097_152;

/** Puts it behind what waits to be read, unless that is too much already. */
export function enqueue(client: ClientState, arrival: Arrival): void {
  const waiting = client.queue.length - client.unread;
  const characters = client.unreadCharacters + charactersOf(arrival);
  if (waiting >= mostUnread || (waiting > 0 && characters > mostUnreadCharacters)) {
    client.flooded = true;
    return;
  }
  client.queue.push(arrival);
  client.unreadCharacters = characters;
}

export function dequeue(client: ClientState): Arrival | undefined {
  const arrival = client.queue[client.unread];
  if (!arrival) return undefined;
  client.unread++;
  client.unreadCharacters -= charactersOf(arrival);
  // What was read is let go soon, but not moved for each message of a long queue.
  if (client.unread > 16 && client.unread * 2 > client.queue.length) {
    client.queue = client.queue.slice(client.unread);
    client.unread = 0;
  }
  return arrival;
}

/** Evidence is shown by the handful, and each shortened: of a flood the last is kept. */
const mostStrays = 128;

const mostShownCharacters = 524_288;

export function keepStray(turn: Turn, arrival: Arrival): void {
  const { strays } = turn;
  strays.push(arrival);
  turn.strayCharacters += charactersOf(arrival);
  while (strays.length > mostStrays || (strays.length > 1 && turn.strayCharacters > mostShownCharacters)) {
    const dropped = strays.shift()!;
    turn.strayCharacters -= charactersOf(dropped);
    // What broke its form has failed already, and is no stray in the count.
    if (dropped.violations.length === 0 && !dropped.closed) turn.straysDropped++;
  }
}

export function takeStrays(turn: Turn): readonly Arrival[] {
  turn.strayCharacters = 0;
  return turn.strays.splice(0);
}

/** Whether there is room for what this failure shows; then it is taken. Of failures of one message each, the first are shown. */
export function mayKeepEvidence(client: ClientState, { nearest, meanwhile = [] }: FailureFacts): boolean {
  const shown = nearest ? [nearest.arrival, ...meanwhile] : meanwhile;
  const characters = shown.reduce((sum, arrival) => sum + charactersOf(arrival), client.evidenceCharacters);
  if (characters > mostShownCharacters && client.evidenceCharacters > 0) return false;
  client.evidenceCharacters = characters;
  return true;
}

/** Elements of a batch share one text, which is counted with the first. */
function charactersOf({ text, laterPart }: Arrival): number {
  return laterPart || text === undefined ? 0 : text.length;
}

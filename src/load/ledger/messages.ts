/**
 * The messages of one stream that still matter, in a ring by sequence. It holds as many as are open at once, so its size follows from rate
 * and deadline and not from the length of the run.
 */
export interface Messages {
  last: number;
  mask: number;
  sequence: Int32Array;
  dueUs: Float64Array;
  sentUs: Float64Array;
  firstUs: Float64Array;
  lastUs: Float64Array;
  /** Receivers that must have it; how many had it in time, and how many after the deadline. */
  expected: Int32Array;
  count: Int32Array;
  late: Int32Array;
  /** What is timed next, and at which count it is reached. */
  stage: Uint8Array;
  next: Int32Array;
  /** Its deadline has passed, and what did not come is counted. */
  closed: Uint8Array;
  /** Its sender knows that it has arrived. */
  answered: Uint8Array;
  /** An acknowledgement: none is awaited, one is, or it is counted as missing. */
  awaited: Uint8Array;
  /** Where channels are cut: how long each receipt took, as a slot of a histogram, in the order in which they came. */
  receipts: (Uint16Array | undefined)[] | undefined;
}

/** Parts of the receivers, of a hundred, that are timed; 0 stands for the first one. */
const stages: readonly number[] = [0, 50, 95, 99, 100];

export const lastStage = stages.length;

/** What each stage is called when it is timed. */
export const stageTimings = ['timeToFirst', 'timeTo50', 'timeTo95', 'timeTo99', 'timeToLast'] as const;

/** The count with which a stage is reached; beyond every count after the last one, and of a message that nobody must have. */
export function countOfStage(stage: number, expected: number): number {
  return stage === lastStage || expected <= 0 ? neverReached : partOfStage(stage, expected);
}

export function partOfStage(stage: number, expected: number): number {
  return Math.max(1, Math.floor((stages[stage]! * expected + 99) / 100));
}

const neverReached = 0x7fffffff;

/** What `awaited` holds. */
export const ackOf = { none: 0, awaited: 1, missing: 2 } as const;

export function createMessages(isCut: boolean): Messages {
  return { last: 0, ...tables(leastOpen), mask: leastOpen - 1, receipts: isCut ? [] : undefined };
}

const leastOpen = 8;

/** Makes the slot of the next message; one that is still open is never overwritten. */
export function addMessage(messages: Messages, expected: number, dueUs: number, sentUs: number): number {
  const sequence = ++messages.last;
  let slot = sequence & messages.mask;
  if (messages.sequence[slot] !== 0 && messages.closed[slot] === 0) {
    grow(messages);
    slot = sequence & messages.mask;
  }
  messages.sequence[slot] = sequence;
  messages.dueUs[slot] = dueUs;
  messages.sentUs[slot] = sentUs;
  messages.firstUs[slot] = 0;
  messages.lastUs[slot] = 0;
  messages.expected[slot] = expected;
  messages.count[slot] = 0;
  messages.late[slot] = 0;
  messages.stage[slot] = 0;
  // Only all workers together know when a part of all receivers has it.
  messages.next[slot] = messages.receipts ? neverReached : countOfStage(0, expected);
  messages.closed[slot] = 0;
  messages.answered[slot] = 0;
  messages.awaited[slot] = ackOf.none;
  if (messages.receipts) messages.receipts[slot] = undefined;
  return sequence;
}

/** The slot of a message that is still kept; -1 if it is not. */
export function slotOf({ sequence: kept, mask }: Messages, sequence: number): number {
  const slot = sequence & mask;
  return kept[slot] === sequence ? slot : -1;
}

type Tables = Omit<Messages, 'last' | 'mask' | 'receipts'>;

function tables(size: number): Tables {
  return {
    sequence: new Int32Array(size),
    dueUs: new Float64Array(size),
    sentUs: new Float64Array(size),
    firstUs: new Float64Array(size),
    lastUs: new Float64Array(size),
    expected: new Int32Array(size),
    count: new Int32Array(size),
    late: new Int32Array(size),
    stage: new Uint8Array(size),
    next: new Int32Array(size),
    closed: new Uint8Array(size),
    answered: new Uint8Array(size),
    awaited: new Uint8Array(size),
  };
}

function grow(messages: Messages): void {
  const size = messages.mask + 1;
  const larger = tables(2 * size);
  const mask = 2 * size - 1;
  for (let slot = 0; slot < size; slot++) {
    const to = messages.sequence[slot]! & mask;
    for (const name of Object.keys(larger) as (keyof Tables)[]) larger[name][to] = messages[name][slot]!;
  }
  const { receipts } = messages;
  if (receipts) {
    const moved: typeof receipts = [];
    for (let slot = 0; slot < size; slot++) moved[messages.sequence[slot]! & mask] = receipts[slot];
    messages.receipts = moved;
  }
  Object.assign(messages, larger, { mask });
}

import type { ClientEvent, LogEvent } from '../evidence/events.ts';
import type { LaneRow } from '../evidence/results.ts';
import { detached } from '../foundation/detached.ts';

/** Events of one execution that are kept: enough for every lane of a failure, whatever a log's length. */
const keptEvents = 4_000;

/** Of each of them: messages of a megabyte would fill the memory. Most are shorter, and are kept as they are, which costs nothing. */
const keptCharacters = 1_000;

/** Rows of all clients that a failure shows. */
const shownRows = 16;

const textCharacters = 400;

type Shown = ClientEvent;

/** A row that was made at once, so that its long event can be forgotten. */
interface ShortRow {
  readonly event: 'row';
  readonly t: number;
  readonly c: string;
  readonly row: Pick<LaneRow, 'mark' | 'text'>;
}

/** The last frames of every client, kept as the log goes by. */
export interface Lanes {
  add(event: LogEvent): void;
  /** Up to an instant, oldest first; within one instant by client, so that interleaving does not matter. */
  until(atUs: number, beganUs: number): readonly LaneRow[];
}

export function createLanes(): Lanes {
  let kept: (Shown | ShortRow)[] = [];
  return {
    add(event) {
      if (!isShown(event)) return;
      kept.push(isLong(event) ? shortRow(event) : event);
      if (kept.length > 2 * keptEvents) kept = kept.slice(-keptEvents);
    },
    until(atUs, beganUs) {
      const seen = kept.filter(event => event.t <= atUs);
      seen.sort((a, b) => a.t - b.t || (a.c < b.c ? -1 : a.c > b.c ? 1 : 0));
      return seen.slice(-shownRows).map(event => ({
        atMs: (event.t - beganUs) / 1000,
        client: event.c,
        ...(event.event === 'row' ? event.row : rowOf(event)),
      }));
    },
  };
}

/** HTTP is, whatever its body: its headers may be. */
function isLong(event: Shown): boolean {
  if (event.event !== 'item' && event.event !== 'written') return false;
  return event.http !== undefined || (event.text ?? event.base64 ?? '').length > keptCharacters;
}

function shortRow(event: Shown): ShortRow {
  const { mark, text } = rowOf(event);
  return { event: 'row', t: event.t, c: event.c, row: { mark, text: detached(text) } };
}

function isShown(event: LogEvent): event is Shown {
  const kind = event.event;
  return kind === 'item' || kind === 'written' || kind === 'opened' || kind === 'closed' || kind === 'refused';
}

function rowOf(event: Shown): Pick<LaneRow, 'mark' | 'text'> {
  switch (event.event) {
    case 'opened':
      return { mark: 'opened', text: event.address };
    case 'refused':
      return { mark: 'refused', text: event.detail };
    case 'closed':
      return {
        mark: 'closed',
        text: [event.code, event.reason, event.error].filter(part => part !== undefined && part !== '').join(' '),
      };
    case 'item':
      return { mark: 'received', text: messageText(event) };
    case 'written':
      return { mark: 'sent', text: event.failed === undefined ? messageText(event) : `not written: ${event.failed}` };
  }
}

type Message = Extract<LogEvent, { event: 'item' | 'written' }>;

/** The text of a message as a report shows it: bytes as hex, oversize by its size, HTTP by its first line. */
export function messageText(event: Message): string {
  const head = event.event === 'item' ? answerLine(event) : requestLine(event);
  const body =
    event.text !== undefined
      ? event.text.slice(0, textCharacters)
      : event.base64 !== undefined
        ? `bytes ${Buffer.from(event.base64, 'base64').subarray(0, 64).toString('hex')}`
        : event.event === 'item' && event.oversize
          ? `${event.bytes} bytes: ${event.oversize.head.slice(0, 80)}`
          : '';
  return [head, body].filter(part => part !== '').join(' ');
}

function answerLine(event: Extract<LogEvent, { event: 'item' }>): string {
  return event.http ? `HTTP ${event.http.status}` : '';
}

function requestLine(event: Extract<LogEvent, { event: 'written' }>): string {
  if (event.http) return `${event.http.method} ${event.http.path}`;
  return event.what === 'frame' || event.what === 'raw' ? '' : event.what;
}

import type { Failure, LaneRow } from '../evidence/results.ts';
import { cellsOf, padEnd, shorten, takeCells } from './cells.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';

/** What happened last to every client on one axis of time: a column for each where there is room, else one with names. */
export function renderLanes(
  failure: Pick<Failure, 'lanes' | 'atMs' | 'client'>,
  cells: number,
  paint: Paint,
): string[] {
  const rows = rowsOf(failure);
  if (rows.length === 0) return [];
  const clients = [...new Set(rows.map(({ client }) => client))];
  const times = rows.map(({ atMs }) => (atMs - (failure.atMs ?? 0)).toFixed(1).replace(/^-0\.0$/, '0.0'));
  const timeCells = Math.max(4, ...times.map(time => time.length));
  const laneCells = Math.floor(
    (cells - timeCells - gap.length - (clients.length - 1) * divider.length) / clients.length,
  );
  const table =
    clients.length > 1 && laneCells >= narrowestCells
      ? inColumns(rows, clients, laneCells, paint)
      : inOneColumn(rows, clients, Math.max(narrowestCells, cells - timeCells - gap.length), paint);
  const blank = ' '.repeat(timeCells);
  return [
    paint.faint(`${'ms'.padStart(timeCells)}${gap}${table.head}`),
    ...table.rows.flatMap((lines, k) => {
      const time = paint.faint(times[k]!.padStart(timeCells));
      return lines.map((line, n) => `${n === 0 ? time : blank}${gap}${line}`.trimEnd());
    }),
  ];
}

/** Says what the signs of the lanes mean and from where time counts. */
export function lanesTitle(failure: Pick<Failure, 'atMs'>): string {
  const since = failure.atMs === undefined ? 'ms since the execution began' : 'ms before the failure';
  return `Last frames (${since}; → to the target, ← from it)`;
}

interface Row {
  readonly atMs: number;
  readonly client: string;
  readonly mark: LaneRow['mark'] | 'failed';
  readonly text: string;
}

interface Table {
  readonly head: string;
  /** The lines of each row. */
  readonly rows: readonly (readonly string[])[];
}

function rowsOf({ lanes, atMs, client }: Pick<Failure, 'lanes' | 'atMs' | 'client'>): Row[] {
  if (lanes.length === 0 || atMs === undefined) return [...lanes];
  return [...lanes, { atMs, client: client ?? lanes.at(-1)!.client, mark: 'failed', text: '' }];
}

function inColumns(rows: readonly Row[], clients: readonly string[], laneCells: number, paint: Paint): Table {
  const head = clients.map(client => padEnd(shorten(printable(client), laneCells), laneCells));
  const blank = ' '.repeat(laneCells);
  const lines = rows.map(row =>
    cellOf(row, laneCells, paint).map(text =>
      clients.map(client => (client === row.client ? text : blank)).join(divider),
    ),
  );
  return { head: head.join(divider).trimEnd(), rows: lines };
}

function inOneColumn(rows: readonly Row[], clients: readonly string[], cells: number, paint: Paint): Table {
  const widest = Math.max('client'.length, ...clients.map(client => cellsOf(printable(client))));
  const nameCells = Math.min(Math.floor(cells / 3), widest);
  const lines = rows.map(row =>
    cellOf(row, cells - nameCells - gap.length, paint).map((text, n) => {
      const name = n === 0 ? shorten(printable(row.client), nameCells) : '';
      return `${padEnd(name, nameCells)}${gap}${text}`;
    }),
  );
  return { head: 'client', rows: lines };
}

/** One cell of the table: at most two lines, the second under the text of the first. */
function cellOf(row: Row, cells: number, paint: Paint): string[] {
  const sign = `${signs[row.mark]} `;
  const room = cells - arrowCells;
  const text = shorten(sign + printable(row.text), cells + room).trimEnd();
  const first = takeCells(text, cells);
  const rest = text.slice(first.length);
  const lines = rest === '' ? [first] : [first, `${' '.repeat(arrowCells)}${takeCells(rest, room)}`];
  const painted = row.mark === 'failed' ? paint.bad : (line: string) => line;
  return lines.map(line => painted(line) + ' '.repeat(Math.max(0, cells - cellsOf(line))));
}

const signs: Readonly<Record<Row['mark'], string>> = {
  sent: '→',
  received: '←',
  opened: 'opened',
  refused: 'refused',
  closed: 'closed',
  due: 'time is up:',
  failed: 'failed here',
};
const arrowCells = '→ '.length;
const gap = '  ';
const divider = ' │ ';
// A frame cut shorter than this says nothing.
const narrowestCells = 28;

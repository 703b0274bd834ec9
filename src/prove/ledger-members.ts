/** What the ledger says of a member of a frame. */
import type { Ledger, Requirement } from '../packs/file-types.ts';

/** Requirements of level must that name the member, or something that it belongs to. */
export function mustRowsOf(ledger: Ledger, kind: string, at: string): readonly string[] {
  return rowsOf(ledger, kind, at)
    .filter(({ row, holds }) => holds && row.level === 'must')
    .map(({ row }) => row.id);
}

/** No row names the member, anything that it belongs to, or anything in it. */
export function isFree(ledger: Ledger, kind: string, at: string): boolean {
  return rowsOf(ledger, kind, at).length === 0;
}

interface Naming {
  readonly row: Requirement;
  /** The row names the member itself or what it belongs to, not only something in it. */
  readonly holds: boolean;
}

const known = new WeakMap<Ledger, Map<string, readonly Naming[]>>();

function rowsOf(ledger: Ledger, kind: string, at: string): readonly Naming[] {
  let rows = known.get(ledger);
  if (!rows) {
    rows = new Map();
    known.set(ledger, rows);
  }
  const key = `${kind} ${at}`;
  const listed = rows.get(key);
  if (listed) return listed;
  const found = ledger.requirements.flatMap((row): Naming[] => {
    const named = row.members.filter(member => member.kind === kind);
    const holds = named.some(member => isWithin(at, member.at));
    return holds || named.some(member => isWithin(member.at, at)) ? [{ row, holds }] : [];
  });
  rows.set(key, found);
  return found;
}

/** Whether the first pointer leads to the place of the second, or into it; `*` stands for every member. */
function isWithin(at: string, holder: string): boolean {
  const [inner, outer] = [at.split('/'), holder.split('/')];
  return (
    outer.length <= inner.length && outer.every((name, k) => name === inner[k] || name === '*' || inner[k] === '*')
  );
}

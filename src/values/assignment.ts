/**
 * Whether every row of a table can have a column of its own among those it accepts: bipartite matching by augmenting paths (Kuhn).
 * `accepts` holds the table row by row, 1 for yes.
 */
export function canAssign(accepts: Uint8Array, rows: number, columns: number): boolean {
  const rowOf = new Int32Array(columns).fill(-1);
  const visited = new Int32Array(columns).fill(-1);
  const pathRow = new Int32Array(rows);
  const pathColumn = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    if (!augment(row, { accepts, columns, rowOf, visited, pathRow, pathColumn })) return false;
  }
  return true;
}

interface Table {
  readonly accepts: Uint8Array;
  readonly columns: number;
  readonly rowOf: Int32Array;
  /** The row for which a column was last looked at. */
  readonly visited: Int32Array;
  readonly pathRow: Int32Array;
  readonly pathColumn: Int32Array;
}

/** Gives a row a column, moving others along a path if need be. The path is a stack of its own, not ours. */
function augment(row: number, { accepts, columns, rowOf, visited, pathRow, pathColumn }: Table): boolean {
  let depth = 0;
  pathRow[0] = row;
  pathColumn[0] = -1;
  while (depth >= 0) {
    const at = pathRow[depth]! * columns;
    let column = pathColumn[depth]! + 1;
    while (column < columns && (accepts[at + column] === 0 || visited[column] === row)) column++;
    if (column === columns) {
      depth--;
      continue;
    }
    pathColumn[depth] = column;
    visited[column] = row;
    const owner = rowOf[column]!;
    if (owner < 0) {
      for (let k = 0; k <= depth; k++) rowOf[pathColumn[k]!] = pathRow[k]!;
      return true;
    }
    depth++;
    pathRow[depth] = owner;
    pathColumn[depth] = -1;
  }
  return false;
}

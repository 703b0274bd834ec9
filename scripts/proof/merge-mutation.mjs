/** The reports of several runs of one pack, one for each configuration of the bundled server, as one. */
export function mergeMutation(proofs) {
  const sumOf = name => sum(proofs, proof => proof.counts[name]);
  return {
    runs: mergeRows(
      proofs.map(({ proof }) => ({ run: proof, times: 1 })),
      ['run'],
      ['times'],
    ),
    executions: sum(proofs, ({ executions }) => executions),
    left: mergeRows(
      proofs.flatMap(({ left }) => left.map(row => ({ ...row, times: 1 }))),
      ['execution', 'verdict'],
      ['times'],
    ),
    counts: Object.fromEntries(countNames.map(name => [name, sumOf(name)])),
    warnings: sum(proofs, ({ warnings }) => warnings),
    killers: mergeRows(
      proofs.flatMap(({ killers }) => killers),
      ['killer'],
      ['mutants'],
    ),
    exclusions: mergeRows(
      proofs.flatMap(({ exclusions }) => exclusions),
      ['rule'],
      ['mutants'],
    ),
    mustValues: Object.fromEntries(valueNames.map(name => [name, sum(proofs, ({ mustValues }) => mustValues[name])])),
    operators: mergeRows(
      proofs.flatMap(({ operators }) => operators),
      ['operator'],
      countNames,
    ),
    survivors: mergeRows(
      proofs.flatMap(({ survivors }) => survivors.map(row => ({ ...row, place: `${row.span.file}:${row.span.line}` }))),
      ['scenario', 'operator', 'kind', 'member', 'place'],
      ['mutants'],
    ),
  };
}

/** Rows with the same texts are one; its figures are their sums. In the order of the texts. */
function mergeRows(rows, texts, figures) {
  const merged = new Map();
  for (const row of rows) {
    const key = JSON.stringify(texts.map(name => row[name]));
    const other = merged.get(key);
    merged.set(key, {
      ...Object.fromEntries(texts.map(name => [name, row[name]])),
      ...Object.fromEntries(figures.map(name => [name, row[name] + (other?.[name] ?? 0)])),
    });
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function sum(rows, amount) {
  return rows.reduce((total, row) => total + amount(row), 0);
}

const countNames = ['mutants', 'killed', 'survived', 'diverged', 'excluded'];
const valueNames = ['mutants', 'killedByCheck', 'killedOtherwise', 'survived'];

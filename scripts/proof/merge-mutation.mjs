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
    idleMusts: idleMustsOf(proofs),
    survivors: survivorsOf(proofs.flatMap(({ survivors }) => survivors)),
  };
}

/** Rows that are required, and whose checks have killed nothing in any run; in the order of the ledger. */
function idleMustsOf(proofs) {
  const rows = proofs.flatMap(({ requirements }) => requirements);
  const killing = new Set(rows.filter(({ killed }) => killed > 0).map(({ requirement }) => requirement));
  const musts = rows.filter(({ level }) => level === 'must').map(({ requirement }) => requirement);
  return [...new Set(musts)].filter(id => !killing.has(id));
}

/** One row for what was changed how, and what had taken it, with the scenarios in which nothing noticed, and the places where a check would belong. */
function survivorsOf(rows) {
  const merged = new Map();
  for (const { kind, member, operator, check, scenario, mutants, span } of rows) {
    const key = JSON.stringify([kind, member, operator, check]);
    const row = merged.get(key) ?? { kind, member, operator, check, scenarios: {}, places: {} };
    merged.set(key, row);
    increase(row.scenarios, shortName(scenario), mutants);
    increase(row.places, `${span.file}:${span.line}`, mutants);
  }
  const sorted = [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return sorted.map(row => ({ ...row, scenarios: inOrder(row.scenarios), places: largest(row.places) }));
}

function increase(amounts, name, by) {
  amounts[name] = (amounts[name] ?? 0) + by;
}

function inOrder(amounts) {
  return Object.fromEntries(Object.entries(amounts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function largest(amounts) {
  const sorted = Object.entries(amounts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return sorted.slice(0, placesKept).map(([place]) => place);
}

/** `gradagenda/message/now.yaml` to `message/now`. */
function shortName(scenario) {
  return scenario.slice(scenario.indexOf('/') + 1).replace(/\.yaml$/, '');
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
const valueNames = ['mutants', 'killedByCheck', 'warnings', 'killedOtherwise', 'survived'];
// More are no help: the report of a run has all of them.
const placesKept = 5;

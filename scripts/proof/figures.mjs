import { nullBehaviours } from '../../dist/reference-server/index.js';

/** The figures of a pack beside what is asked. `holds` is undefined where a part was not measured. */
export function figuresOf(proof) {
  return [
    ...mutationFigures(proof.mutation),
    ...faultFigures(proof.faults),
    nullFigure(proof.null, proof.faults?.plain),
    stabilityFigure(proof.stability),
  ];
}

function mutationFigures(mutation) {
  const names = [
    ['changes of a passing run that the suite notices', '≥ 95 %'],
    ['changed values that a must names, noticed by an explicit check', '≥ 90 %'],
    ['changes excluded by a rule', '≤ 10 %'],
  ];
  if (!mutation) return names.map(([what, asked]) => notMeasured(what, asked));
  const { counts, mustValues, warnings } = mutation;
  const scored = counts.killed + counts.survived;
  const score = percent(counts.killed, scored);
  // The others are killed by a should or a may alone: the run would have passed with a warning.
  const byMust = percent(counts.killed - warnings, scored);
  const values = percent(mustValues.killedByCheck, mustValues.mutants);
  const valuesByMust = percent(mustValues.killedByCheck - mustValues.warnings, mustValues.mutants);
  const excluded = percent(counts.excluded, counts.mutants);
  const rows = [
    [`${percentText(score)} of ${amount(scored)}; ${percentText(byMust)} by a must`, score >= 95],
    [`${percentText(values)} of ${amount(mustValues.mutants)}; ${percentText(valuesByMust)} by a must`, values >= 90],
    [`${percentText(excluded)} of ${amount(counts.mutants)}`, excluded <= 10],
  ];
  return rows.map(([measured, holds], k) => ({ what: names[k][0], measured, asked: names[k][1], holds }));
}

function faultFigures(part) {
  const rows = [
    ['faults that turn exactly their requirements red', part?.faults, ({ fired, exact }) => fired && exact],
    ['legal variants that change something and stay green', part?.variants, isGreen],
  ];
  return rows.map(([what, all, isGood]) => {
    if (!all) return notMeasured(what, 'all');
    const good = all.filter(isGood).length;
    const measured = `${good} of ${all.length}${plainText(part.plain)}`;
    return { what, measured, asked: 'all', holds: good === all.length && good > 0 && isPlainGreen(part.plain) };
  });
}

export function isGreen({ fired, verdict, red, troubles }) {
  return fired > 0 && isPass({ verdict, red, troubles });
}

function isPass({ verdict, red, troubles }) {
  return verdict === 'pass' && red.length === 0 && troubles === 0;
}

/** In every configuration, without any fault: a suite that is red by itself shows nothing by being red. */
function isPlainGreen(plain) {
  return plain !== undefined && plain.length > 0 && plain.every(isPass);
}

function plainText(plain) {
  if (isPlainGreen(plain)) return '';
  return plain === undefined ? '; the plain run was not measured' : '; the plain run is not green';
}

function nullFigure(part, plain) {
  const what = 'executions that pass against a server that does nothing right';
  if (!part) return notMeasured(what, '0');
  const executions = sum(part.servers, each => each.executions);
  const passed = sum(part.servers, each => each.passed);
  const behaviours = new Set(part.servers.map(({ behaviour }) => behaviour)).size;
  const measured = `${passed} of ${amount(executions)}, ${behaviours} servers${plainText(plain)}`;
  const ended = part.servers.every(each => each.executions > 0 && each.ended === 'in time');
  const all = behaviours === Object.keys(nullBehaviours).length;
  return { what, measured, asked: '0', holds: passed === 0 && ended && all && isPlainGreen(plain) };
}

function stabilityFigure(part) {
  const what = 'checks that differ when the suite is repeated under load';
  const asked = `0, ${runsAsked} runs`;
  if (!part) return notMeasured(what, asked);
  const { checks, runs, differing } = part;
  const passing = isAllPassing(part);
  return {
    what,
    measured: `${differing.length} of ${amount(checks)}, ${amount(runs)} runs${passing ? '' : '; not all known to pass'}`,
    asked,
    holds: differing.length === 0 && passing && checks > 0 && runs >= runsAsked,
  };
}

/** What fails in every round is the same every time, too. */
function isAllPassing({ configurations = [] }) {
  const passes = ({ runs, verdicts }) =>
    runs > 0 && verdicts.every(verdict => verdict === 'pass' || verdict === 'not-applicable');
  return configurations.length > 0 && configurations.every(passes);
}

const runsAsked = 200;

function notMeasured(what, asked) {
  return { what, measured: 'not measured', asked, holds: undefined };
}

/** Rounded down, so that 100 means all. */
export function percent(part, whole) {
  return whole === 0 ? 0 : Math.floor((part * 1000) / whole) / 10;
}

/** What was measured by an older version may lack a figure. */
export function percentText(value) {
  return Number.isNaN(value) ? 'unknown' : `${value.toFixed(1)} %`;
}

export function amount(count) {
  return count === undefined ? 'unknown' : count.toLocaleString('en-US');
}

function sum(rows, figure) {
  return rows.reduce((total, row) => total + figure(row), 0);
}

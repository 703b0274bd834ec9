import { columns } from '../../dist/src/cli/columns.js';

/** A line for each fault and variant, and beneath it what is not as it should be. Ends with a newline. */
export function proofText({ pack, plain, faults, variants }, { explain }) {
  const exact = faults.filter(fault => fault.exact).length;
  const green = variants.filter(variant => variant.fired > 0 && variant.green).length;
  const wrongPlain = plain.filter(({ verdict, troubles }) => verdict !== 'pass' || troubles.length > 0);
  return [
    pack,
    ...table(faults, faultState, fault => faultDetails(fault, explain)),
    ...table(variants, variantState, variant => redDetails(variant, variant.red, explain)),
    ...wrongPlain.map(({ configuration, red, troubles }) =>
      [`  not green without faults, as ${configuration}: ${red.join(' ')}`, ...troubles].join('\n    '),
    ),
    `${pack}: ${exact} of ${faults.length} faults exact, ${green} of ${variants.length} variants fired and green`,
    '',
  ].join('\n');
}

function table(rows, state, details) {
  const lines = columns(
    rows.map(row => [state(row), row.name, row.configuration, row.fired === 0 ? 'never fired' : `fired ${row.fired}`]),
    '  ',
  );
  return lines.flatMap((line, k) => [line, ...details(rows[k]).map(detail => `      ${detail}`)]);
}

const faultState = ({ exact }) => (exact ? 'exact' : 'WRONG');

const variantState = ({ fired, green }) => (fired > 0 && green ? 'green' : 'WRONG');

function faultDetails({ exact, breaks, red, ...fault }, explain) {
  if (exact && !explain) return [];
  const missing = breaks.filter(id => !red.includes(id));
  const surplus = red.filter(id => !breaks.includes(id));
  return [
    ...(missing.length > 0 ? [`named, but not red: ${missing.join(' ')}`] : []),
    ...redDetails(fault, surplus, explain),
    ...(fault.tooHard
      ? [`the run failed, though no must is broken; not testable: ${fault.notTestable.join(' ') || 'nothing'}`]
      : []),
    ...(explain && exact ? redDetails(fault, red, explain) : []),
    ...(explain && fault.notTestable.length > 0 ? [`not testable: ${fault.notTestable.join(' ')}`] : []),
  ];
}

function redDetails({ why, troubles }, red, explain) {
  const perRow = explain ? Number.POSITIVE_INFINITY : shownReasons;
  const reasons = red.flatMap(id => [
    `red: ${id}`,
    ...why[id].slice(0, perRow).map(reason => `  ${reason}`),
    ...(why[id].length > perRow ? [`  and ${why[id].length - perRow} more`] : []),
  ]);
  return [...reasons, ...troubles.map(trouble => `trouble: ${trouble}`)];
}

const shownReasons = 3;

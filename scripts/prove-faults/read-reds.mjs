/**
 * What a run says of the target. Red is a requirement that a check decided directly and that failed; what is not testable because
 * something before it failed is no evidence, and told apart.
 */
export function readReds({ complete, cut, executions }) {
  const failures = executions.flatMap(({ id, failures }) => failures.map(failure => ({ execution: id, ...failure })));
  const cascades = failures.filter(({ kind }) => kind === 'not-testable');
  const direct = failures.filter(({ kind }) => kind !== 'not-testable');
  const ofTarget = direct.filter(({ verdict, faultOf }) => verdict === 'fail' && faultOf === 'target');
  const red = idsOf(ofTarget);
  return {
    red,
    notTestable: idsOf(cascades).filter(id => !red.includes(id)),
    /** Of each red requirement, where it failed and how. */
    why: Object.fromEntries(
      red.map(id => [id, distinctWhys(ofTarget.filter(({ requirement }) => requirement === id))]),
    ),
    /** What makes the run worthless as a proof: it is not the target's doing. */
    troubles: [
      ...(complete ? [] : [`the run was cut short: ${cut}`]),
      ...distinctWhys(direct.filter(failure => !ofTarget.includes(failure))),
    ],
  };
}

const idsOf = failures => [...new Set(failures.map(({ requirement }) => requirement))].sort();

const distinctWhys = failures => [
  ...new Set(failures.map(({ execution, check, message }) => `${execution}, ${check}: ${message}`)),
];

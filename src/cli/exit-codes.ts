/** Every exit code there is, and which wins where several apply. Nothing else in the house knows a number. */
import type { RunFooter } from '../evidence/events.ts';
import type { ExecutionResult, Results } from '../evidence/results.ts';
import { AntiphonError, type FaultOf } from '../foundation/errors.ts';

export const exitCodes = {
  /** The gate was passed; or there was no gate, and the command did what it says. */
  passed: 0,
  /** A requirement failed, or a row of the ledger is neither decided nor excluded. */
  failed: 1,
  /** Options, a scenario, a pack or a policy file are wrong. */
  usage: 2,
  unreachable: 3,
  /** Inconclusive or incomplete: nothing ran, the run was cut short, this machine was the limit. */
  incomplete: 4,
  /** Only entries of the policy file that are out of date. */
  stale: 5,
  /** A defect of our own. */
  defect: 70,
  /** Interrupted; all that was recorded until then is reported. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The code of several things that happened together. */
export function foremost(codes: Iterable<ExitCode>): ExitCode {
  const present = new Set(codes);
  return precedence.find(code => present.has(code)) ?? exitCodes.passed;
}

export function exitCodeOfError(thrown: unknown): ExitCode {
  if (thrown instanceof AntiphonError) return codeOfFault[thrown.faultOf];
  // The reference server shares nothing with the rest of the house, so neither does its error; all of them are wrong options.
  return thrown instanceof Error && thrown.name === 'ReferenceServerError' ? exitCodes.usage : exitCodes.defect;
}

/** The code of a run. `ended` is the reason that its log gives for its end; undefined if the log has none. */
export function exitCodeOfResults(results: Results, ended: RunFooter['reason'] | undefined): ExitCode {
  const codes = results.executions.flatMap(codesOfExecution);
  const nothingRan = !results.executions.some(({ verdict }) => verdict !== 'not-applicable' && verdict !== 'not-run');
  const incomplete = !results.complete || nothingRan || results.verdict === 'inconclusive';
  return foremost([...codes, codeOfEnd(ended), incomplete ? exitCodes.incomplete : exitCodes.passed]);
}

const precedence: readonly ExitCode[] = [
  exitCodes.defect,
  exitCodes.interrupted,
  exitCodes.usage,
  exitCodes.unreachable,
  exitCodes.failed,
  exitCodes.incomplete,
  exitCodes.stale,
];

const codeOfFault: Readonly<Record<FaultOf, ExitCode>> = {
  usage: exitCodes.usage,
  scenario: exitCodes.usage,
  target: exitCodes.unreachable,
  transport: exitCodes.unreachable,
  ours: exitCodes.defect,
};

function codeOfEnd(ended: RunFooter['reason'] | undefined): ExitCode {
  if (ended === 'interrupted') return exitCodes.interrupted;
  if (ended === 'target-unreachable') return exitCodes.unreachable;
  return ended === 'completed' ? exitCodes.passed : exitCodes.incomplete;
}

// An execution that stopped on an error says in its failures whose fault that was. What else it found out stands.
function codesOfExecution({ verdict, checks, failures }: ExecutionResult): readonly ExitCode[] {
  if (verdict === 'fail' || verdict === 'not-testable') return [exitCodes.failed];
  if (verdict === 'inconclusive') {
    const failed = checks.some(check => check.level === 'must' && check.verdict === 'fail');
    return failed ? [exitCodes.failed, exitCodes.incomplete] : [exitCodes.incomplete];
  }
  if (verdict !== 'error') return [];
  const faults = failures.filter(failure => failure.verdict === 'error').map(({ faultOf }) => faultOf);
  return [faults.includes('tool') ? exitCodes.defect : exitCodes.usage];
}

/** What a program may import from the package: run a suite or a workload, judge a log, read what came of it. */

export type { RunOptions, RunOutcome, RunProgress } from './conformance/run-suite.ts';
export { runSuite } from './conformance/run-suite.ts';
export { openFileTarget, openUrlTarget, type UrlTargetOptions } from './conformance/target/open-target.ts';
export type { Target } from './conformance/target/target.ts';
export type * from './evidence/events.ts';
export { type LogEnd, type LogReading, readLog, readLogText } from './evidence/log-reader.ts';
export type * from './evidence/results.ts';
export type { Diagnostic } from './foundation/diagnostic.ts';
export { AntiphonError, type FaultOf } from './foundation/errors.ts';
export type { Level, Verdict } from './foundation/verdict.ts';
export { judgeLog } from './judging/judge.ts';
export { judgeRun } from './judging/judge-run.ts';
export {
  type LoadOptions,
  type LoadOutcome,
  type LoadProgress,
  type LoadTarget,
  runLoad,
} from './load/engine/run-load.ts';
export type * from './load/load-results.ts';
export { type ExplainedMutant, explainMutant } from './prove/explain-mutant.ts';
export type * from './prove/mutant.ts';
export { mutantIds, type ProveOptions, type ProveProgress, proveLog, proveSteps } from './prove/prove-log.ts';

export { loadSuite } from './suites/load-suite.ts';
export { overlayOf, type Suite, type TargetOverlay } from './suites/suite.ts';

import { readDocument } from '../../documents/read-document.ts';
import type { Report } from '../../documents/shape.ts';
import type { Diagnostic } from '../../foundation/diagnostic.ts';
import { createPack } from '../../packs/create-pack.ts';
import type { AccountMode, PackLanguage } from '../../packs/file-types.ts';
import type { LoadedPack } from '../../packs/load-pack.ts';
import type { PackFile } from '../../packs/pack-file.ts';
import { readTargetFile } from '../../packs/read-target-file.ts';
import { compilePlans } from '../compile/compile-plans.ts';
import { openSuite } from '../compile/open-suite.ts';
import { reportUnknown } from '../compile/suggest.ts';
import type { SuiteSource, TargetNames, Trace } from '../compile/suite-source.ts';
import type { At, PolicyFile, ScenarioFile, WorkloadFile } from '../files/file-types.ts';
import { readPolicyFile, readScenarioFile, readWorkloadFile } from '../files/read-file.ts';
import type { Step } from '../plan.ts';
import { collectFindings, type Findings } from './findings.ts';
import { type FrameJudge, frameJudge } from './frame-judge.ts';
import { lintPlan } from './lint-plan.ts';
import { lintCheckId, lintPolicy, type PlanName } from './lint-policy.ts';
import { lintWorkload } from './lint-workload.ts';
import { followUsage, type Usage } from './usage.ts';

/** All that is wrong in a pack folder, in every file of it, sorted by file and place. Never throws. */
export function lintSuite(loaded: LoadedPack): Diagnostic[] {
  const { folder, packFile } = loaded;
  const findings = collectFindings();
  const { report, sorted } = findings;
  loaded.diagnostics.forEach(report);
  for (const { text, file, unreadable } of folder.others) {
    if (unreadable) continue;
    // An empty or broken file has a problem of its own, wherever it lies.
    const { root, diagnostics } = readDocument(text, file);
    for (const diagnostic of root ? [misplaced(file)] : diagnostics) report(diagnostic);
  }
  const targets = folder.targets.map(({ text, file }) =>
    readTargetFile(text, file, { ...anySurroundings, ...(packFile && { packFile }) }),
  );
  targets.flatMap(target => target.diagnostics).forEach(report);
  const scenarios = folder.scenarios.map(({ text, file }) => readScenarioFile(text, file));
  const workloads = folder.workloads.map(({ text, file }) => readWorkloadFile(text, file));
  const policies = folder.policies.map(({ text, file }) => readPolicyFile(text, file));
  [...scenarios, ...workloads, ...policies].flatMap(reading => reading.diagnostics).forEach(report);
  if (!packFile) return sorted();
  const names = targets.flatMap(({ target }) => (target ? [target] : []));
  const files = {
    scenarios: scenarios.flatMap(({ file }) => file ?? []),
    workloads: workloads.flatMap(({ file }) => file ?? []),
    policies: policies.flatMap(({ file }) => file ?? []),
  };
  const isWhole =
    files.scenarios.length === scenarios.length &&
    files.workloads.length === workloads.length &&
    folder.unreadable.length === 0;
  lintFiles(loaded, packFile, names, files, isWhole, findings);
  return sorted();
}

interface Files {
  readonly scenarios: readonly ScenarioFile[];
  readonly workloads: readonly WorkloadFile[];
  readonly policies: readonly PolicyFile[];
}

function lintFiles(
  loaded: LoadedPack,
  packFile: PackFile,
  targetNames: readonly TargetNames[],
  files: Files,
  isWhole: boolean,
  { report, hasError }: Findings,
): void {
  const { ledger } = loaded;
  const pack = createPack(packFile, loaded.schemas, loaded.digest, undefined, loaded.code);
  const judge = loaded.schemas.length > 0 ? frameJudge(pack, loaded.schemas) : undefined;
  const opened = openSuite({ ...loaded, pack, packFile }, 'token', report);
  const usage = followUsage();
  const plans: PlanName[] = [];
  const suites = modesOf(packFile.language).map(
    (accountMode): SuiteSource => ({ ...opened, accountMode, targetNames }),
  );
  for (const scenario of files.scenarios) plans.push(...lintScenario(scenario, suites, judge, usage, report));
  for (const workload of files.workloads) {
    inFittingModes(suites, usage, report, (suite, trace, tell) => lintWorkload(workload, suite, judge, trace, tell));
  }
  for (const needs of [...files.scenarios, ...files.workloads].map(file => file.needs))
    lintNeeds(needs, packFile.language, report);
  for (const { id, span } of ledger ? usage.checks : []) lintCheckId(id, span, ledger!, report);
  for (const policy of isWhole ? files.policies : []) lintPolicy(policy, plans, pack.transports.keys(), ledger, report);
  // What a broken file would have used is not known.
  if (!isWhole || usage.incomplete()) return;
  usage.reportUnused(file => !hasError(file), report);
  const recipes = packFile.language.actors.flatMap(({ run }) =>
    typeof run === 'object' ? Object.values(run) : (run ?? []),
  );
  for (const [name, fragment] of opened.fragments) {
    if (recipes.includes(name) || usage.isUsed(fragment.span)) continue;
    const { span } = fragment.title;
    report({
      code: 'unused-fragment',
      severity: 'warning',
      message: 'no scenario, workload or recipe includes this fragment',
      span,
      suggestion: 'remove the file',
    });
  }
}

function lintScenario(
  scenario: ScenarioFile,
  suites: readonly SuiteSource[],
  judge: FrameJudge | undefined,
  usage: Usage,
  report: Report,
): readonly PlanName[] {
  const plans: PlanName[] = [];
  inFittingModes(suites, usage, report, (suite, trace, tell) => {
    let broken = false;
    const compiled = compilePlans(
      scenario,
      suite,
      diagnostic => {
        broken ||= diagnostic.severity === 'error';
        tell(diagnostic);
      },
      trace,
    );
    plans.push(...compiled.map(({ id, scenario: file }) => ({ id, scenario: file })));
    const linted = new Set<Step>();
    if (!broken) for (const plan of compiled) lintPlan(plan, suite.pack, judge, tell, linted);
  });
  return plans;
}

/**
 * An actor need not have a recipe for every account mode: only that it has none in any is a problem. What is found while a file
 * is missing is not told, because it may come from that.
 */
function inFittingModes(
  suites: readonly SuiteSource[],
  usage: Usage,
  report: Report,
  lint: (suite: SuiteSource, trace: Trace, tell: Report) => void,
): void {
  const withoutRecipe: Diagnostic[] = [];
  for (const suite of suites) {
    const found: Diagnostic[] = [];
    let complete = true;
    const incomplete = () => {
      complete = false;
      usage.trace.incomplete();
    };
    lint(suite, { ...usage.trace, incomplete }, diagnostic => found.push(diagnostic));
    const missing = found.filter(diagnostic => diagnostic.code === 'no-recipe');
    withoutRecipe.push(...missing.slice(0, 1));
    if (complete && missing.length === 0) found.forEach(report);
  }
  if (withoutRecipe.length === suites.length) withoutRecipe.forEach(report);
}

/** One account mode of those in which every actor runs the same recipe; actors that are good for all modes run in any. */
function modesOf({ actors }: PackLanguage): readonly AccountMode[] {
  const modes = [
    ...new Set(actors.flatMap(({ run }) => (typeof run === 'object' ? (Object.keys(run) as AccountMode[]) : []))),
  ];
  const recipes = (mode: AccountMode) =>
    JSON.stringify(actors.map(({ run }) => (typeof run === 'object' ? run[mode] : run)));
  const distinct = modes.filter((mode, k) => modes.findIndex(other => recipes(other) === recipes(mode)) === k);
  return distinct.length === 0 ? ['token'] : distinct;
}

function lintNeeds(needs: readonly At<string>[], { capabilities }: PackLanguage, report: Report): void {
  for (const { value, span } of needs) {
    const name = value.replace(/^!/, '');
    if (capabilities.includes(name)) continue;
    reportUnknown(report, { code: 'unknown-capability', what: 'capability', name, span, known: capabilities });
  }
}

function misplaced(file: string): Diagnostic {
  const span = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const suggestion =
    'fragments belong into fragments/, everything else outside of it; pack.yaml lies in the pack folder';
  return {
    code: 'misplaced-file',
    severity: 'error',
    message: 'expected a file of the language where it belongs, came another',
    span,
    suggestion,
  };
}

/** A target file is linted without its environment: every variable has a value. */
const anyValue: Readonly<Record<string, string | undefined>> = new Proxy(
  {},
  {
    get: () => 'value',
    has: () => true,
    getOwnPropertyDescriptor: () => ({ value: 'value', configurable: true, enumerable: true, writable: true }),
  },
);

const anySurroundings = { env: anyValue, vars: anyValue as Readonly<Record<string, string>> };

import type { Span } from '../../foundation/span.ts';
import type { CaseNode } from '../files/file-types.ts';
import type { BarrierPlan } from '../plan.ts';
import type { OmittedMember } from './omit-members.ts';
import type { Report, SuiteSource, Trace } from './suite-source.ts';

/** The most steps that one plan may have: beyond it a scenario is a mistake, or load, which workloads are for. */
const maxSteps = 10_000;

/** The most expansions (includes, forEach turns, uses of variables) in one plan. It bounds what nested lists can multiply. */
const maxExpansions = 200_000;

/** What is known all through the compilation of one plan. The numbers are the only thing in it that changes. */
export interface PlanContext {
  readonly source: SuiteSource;
  readonly report: Report;
  readonly trace: Trace;
  /** The transport of this execution. */
  readonly transport: string;
  readonly case: CaseNode | undefined;
  /** Clients of the plan, by name. */
  readonly clients: Map<string, ClientFacts>;
  /** Logical names of the files that contributed. */
  readonly files: Set<string>;
  readonly fetched: Set<string>;
  /** What a transport cannot carry, read once. */
  readonly omitted: Map<string, readonly OmittedMember[]>;
  /** Barriers of end sweeps, by actor and transport. */
  readonly sweeps: Map<string, BarrierPlan>;
  readonly counts: Counts;
}

interface ClientFacts {
  readonly transport: string;
  readonly account: boolean;
}

interface Counts {
  scopes: number;
  nodes: number;
  expectations: number;
  steps: number;
  restarts: number;
  expansions: number;
  /** How often a member of the case was asked for: before the first time, all cases are alike. */
  caseReads: number;
  /** A limit was passed and reported: nothing more is expanded. */
  full: boolean;
}

export function startContext(
  source: SuiteSource,
  about: { report: Report; trace: Trace; transport: string; case: CaseNode | undefined },
): PlanContext {
  return {
    source,
    ...about,
    clients: new Map(),
    files: new Set(),
    fetched: new Set(),
    omitted: new Map(),
    sweeps: new Map(),
    counts: { scopes: 0, nodes: 0, expectations: 0, steps: 0, restarts: 0, expansions: 0, caseReads: 0, full: false },
  };
}

/** The same compilation, gone on with for another case. */
export function copyContext(context: PlanContext, caseNode: CaseNode | undefined): PlanContext {
  return {
    ...context,
    case: caseNode,
    files: new Set(context.files),
    fetched: new Set(context.fetched),
    omitted: new Map(context.omitted),
    sweeps: new Map(context.sweeps),
    counts: { ...context.counts },
  };
}

/** Counts one more step or expansion; false when there are too many. */
export function spend(context: PlanContext, what: 'steps' | 'expansions', span: Span): boolean {
  const { counts } = context;
  if (counts.full) return false;
  counts[what] += 1;
  const most = what === 'steps' ? maxSteps : maxExpansions;
  if (counts[what] <= most) return true;
  counts.full = true;
  context.report({
    code: 'too-many-steps',
    severity: 'error',
    message: `this makes a plan of more than ${most.toLocaleString('en')} ${what}`,
    span,
    suggestion: 'make the lists of forEach shorter, or use a workload for load',
  });
  return false;
}

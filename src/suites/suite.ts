import type { Diagnostic } from '../foundation/diagnostic.ts';
import type { Pack } from '../foundation/pack.ts';
import type { ValueObject } from '../foundation/value.ts';
import type { AccountMode, Configuration, Ledger } from '../packs/file-types.ts';
import type { Plan } from '../scenario/plan.ts';
import type { WorkloadPlan } from '../scenario/workload-plan.ts';

/** What a target lays over a pack: limits and timers change what is valid and what references mean. */
export interface TargetOverlay {
  readonly limits: ValueObject;
  readonly timers: ValueObject;
  readonly values: ValueObject;
  readonly profile: string | undefined;
}

/** A pack folder, read: its pack, ledger and scenarios. */
export interface Suite {
  readonly pack: string;
  readonly bundled: boolean;
  readonly folder: string;
  /** Of pack, ledger and schemas. */
  readonly digest: string;
  /** `sha256:<hex>` by logical name. */
  readonly files: Readonly<Record<string, string>>;
  readonly ledger: Ledger;
  readonly capabilities: readonly string[];
  readonly accountModes: readonly AccountMode[];
  /** Ways to start the bundled server; a plain run takes the first. */
  readonly configurations: readonly Configuration[];
  /** Templates of account data. */
  readonly accounts: ValueObject;
  /** Logical names of the scenarios that were asked for. */
  readonly selected: readonly string[];
  /** Problems of pack and ledger. Those of scenarios are the lint's to tell, before a run begins. */
  readonly problems: readonly Diagnostic[];
  packFor(overlay: TargetOverlay): Pack;
  /** Values, limits and timers on each transport. */
  rootsFor(
    overlay: TargetOverlay,
  ): (transport: string) => { readonly pack: ValueObject; readonly limits: ValueObject; readonly timers: ValueObject };
  /** Plans of one scenario file, in the order of transports, then cases. */
  plansOf(scenario: string, accountMode: AccountMode, pack: Pack): readonly Plan[];
  /** Logical names of the workloads that were asked for. */
  readonly selectedWorkloads: readonly string[];
  /** Where a load marker fits, which kinds deliver and acknowledge; undefined where the pack does not say. */
  readonly load: ValueObject | undefined;
  /**
   * A workload of the pack, settled; undefined if there is none of that name, or it cannot be read. `counts`: users of a role, where
   * they are to be other than the file says.
   */
  workloadOf(
    workload: string,
    accountMode: AccountMode,
    pack: Pack,
    report: (problem: Diagnostic) => void,
    counts?: Readonly<Record<string, number>>,
  ): WorkloadPlan | undefined;
}

export function overlayOf(target: {
  readonly limits: ValueObject;
  readonly timers: ValueObject;
  readonly values: ValueObject;
  readonly profile?: string;
}): TargetOverlay {
  const { limits, timers, values, profile } = target;
  return { limits, timers, values, profile };
}

import type { Diagnostic } from '../foundation/diagnostic.ts';
import { AntiphonError } from '../foundation/errors.ts';
import type { Pack } from '../foundation/pack.ts';
import { createPack } from '../packs/create-pack.ts';
import type { AccountMode, Actor } from '../packs/file-types.ts';
import { type FindOptions, findPack } from '../packs/find-pack.ts';
import { type LoadedPack, loadPack } from '../packs/load-pack.ts';
import { joinOverlays, profileOverlay } from '../packs/overlay.ts';
import type { PackFile } from '../packs/pack-file.ts';
import { compilePlans } from '../scenario/compile/compile-plans.ts';
import { compileWorkload } from '../scenario/compile/compile-workload.ts';
import { openSuite } from '../scenario/compile/open-suite.ts';
import type { SuiteSource } from '../scenario/compile/suite-source.ts';
import { readScenarioFile, readWorkloadFile } from '../scenario/files/read-file.ts';
import type { Suite, TargetOverlay } from './suite.ts';

/**
 * Loads a suite by the name of a bundled pack, its folder, or a topic or scenario in it. Problems of its files are in `problems`;
 * throws an AntiphonError where there is no pack, or one that cannot be read at all.
 */
export async function loadSuite(nameOrPath: string, options: FindOptions = {}): Promise<Suite> {
  const loaded = await loadPack(findPack(nameOrPath, options));
  const { location, folder, packFile, ledger, digest, digests } = loaded;
  const problems = loaded.diagnostics;
  if (!packFile || !ledger) throw unreadable(loaded, problems);
  const packs = memoized((key: string) =>
    createPack(
      packFile,
      loaded.schemas,
      digest,
      targetOverlay(packFile, JSON.parse(key) as TargetOverlay),
      loaded.code,
    ),
  );
  return {
    pack: packFile.name,
    bundled: location.bundled,
    folder: location.folder,
    digest,
    files: digests,
    ledger,
    capabilities: packFile.language.capabilities,
    accountModes: accountModesOf(packFile.language.actors),
    configurations: packFile.configurations,
    accounts: packFile.accounts,
    selected: folder.selected.map(({ file }) => file),
    problems,
    packFor: overlay => packs(JSON.stringify(overlay)),
    rootsFor: overlay => rootsOf(packFile, overlay),
    plansOf: planReader(loaded, packFile),
    selectedWorkloads: folder.selectedWorkloads.map(({ file }) => file),
    load: packFile.language.load,
    workloadOf: workloadReader(loaded, packFile),
  };
}

function unreadable({ location }: LoadedPack, problems: readonly Diagnostic[]): AntiphonError {
  const first = problems.find(({ severity }) => severity === 'error');
  const where = first ? ` (${first.span.file}:${first.span.line}: ${first.message})` : '';
  return new AntiphonError(
    'scenario',
    'pack-unreadable',
    `A pack was expected in ${location.folder}, with pack.yaml and a ledger; it cannot be read${where}. \`antiphon lint ${location.folder}\` lists all problems.`,
  );
}

/** Pack, profile, target: the last on top (language, section 11). */
function targetOverlay({ language }: PackFile, { limits, timers, values, profile }: TargetOverlay) {
  return joinOverlays(profileOverlay(language.profiles, profile), { limits, timers, values });
}

/** Pack, transport, profile, target: the last on top. */
function rootsOf(packFile: PackFile, overlay: TargetOverlay) {
  const { language } = packFile;
  return memoized((transport: string) => {
    const own = language.transports?.get(transport) ?? {};
    const { limits, timers, values } = joinOverlays(language, own, targetOverlay(packFile, overlay));
    return { pack: values, limits, timers };
  });
}

/** Reads and compiles a scenario; the fragments are read once for each pack and account mode. */
function planReader({ folder, code }: LoadedPack, packFile: PackFile): Suite['plansOf'] {
  const sources = new Map<string, { readonly pack: Pack; readonly source: SuiteSource }>();
  return (scenario, accountMode, pack) => {
    const file = folder.scenarios.find(each => each.file === scenario);
    const read = file && readScenarioFile(file.text, file.file);
    // A scenario with errors was told of by the lint; it has no plan.
    if (!read?.file) return [];
    let opened = sources.get(accountMode);
    if (opened?.pack !== pack) {
      opened = { pack, source: openSuite({ pack, packFile, folder, code }, accountMode, () => {}) };
      sources.set(accountMode, opened);
    }
    return compilePlans(read.file, opened.source, () => {});
  };
}

/** Reads and settles a workload that the lint has found sound. */
function workloadReader({ folder, code }: LoadedPack, packFile: PackFile): Suite['workloadOf'] {
  return (workload, accountMode, pack, report, counts) => {
    const found = folder.workloads.find(({ file }) => file === workload);
    const read = found && readWorkloadFile(found.text, found.file);
    if (!read?.file) return undefined;
    return compileWorkload(
      read.file,
      openSuite({ pack, packFile, folder, code }, accountMode, () => {}),
      report,
      counts,
    );
  };
}

/** Modes that every recipe of the pack knows, the most independent of the target first. */
function accountModesOf(actors: readonly Actor[]): readonly AccountMode[] {
  const modes: readonly AccountMode[] = ['register', 'token', 'list'];
  return modes.filter(mode =>
    actors.every(({ run }) => run === undefined || typeof run === 'string' || run[mode] !== undefined),
  );
}

function memoized<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return key => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
}

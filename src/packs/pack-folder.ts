import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '../documents/shape.ts';
import type { Diagnostic } from '../foundation/diagnostic.ts';
import { AntiphonError } from '../foundation/errors.ts';
import type { PackLocation } from './find-pack.ts';
import { readTextFile } from './read-text-file.ts';

export type FileKind = 'scenario' | 'fragment' | 'workload' | 'pack' | 'target' | 'ledger' | 'policy';

/** A YAML file of a pack folder. */
export interface PackedFile {
  /** Logical name, the same on every machine: `gradagenda/message/order.yaml`. */
  readonly file: string;
  readonly path: string;
  /** By its second key; undefined if it names none, which is for the lint to tell. */
  readonly kind: FileKind | undefined;
  /** Empty if it cannot be read. */
  readonly text: string;
  /** Why it cannot be read. */
  readonly unreadable?: Diagnostic;
}

/** Every YAML file of a pack folder by what it is, in the order of their names. */
export interface PackFolder {
  readonly pack: PackedFile;
  /** `requirements.yaml` first, then its parts in `requirements/`; any other is an error. */
  readonly ledgers: readonly PackedFile[];
  readonly scenarios: readonly PackedFile[];
  /** By the name that `include` uses: the path below `fragments/`, without `.yaml`. */
  readonly fragments: ReadonlyMap<string, PackedFile>;
  readonly workloads: readonly PackedFile[];
  readonly targets: readonly PackedFile[];
  readonly policies: readonly PackedFile[];
  /** Of no kind, or of one that does not belong where it lies. */
  readonly others: readonly PackedFile[];
  /** Scenarios that were asked for: all, one topic or one file. */
  readonly selected: readonly PackedFile[];
  /** Of files that cannot be read; they stand among the others, or the fragments, without text. */
  readonly unreadable: readonly Diagnostic[];
  /** Workloads, likewise. */
  readonly selectedWorkloads: readonly PackedFile[];
}

export function readPackFolder(location: PackLocation): PackFolder {
  const files = yamlFilesBelow(location.folder, '').map(below => readPackedFile(location, below));
  const isFragment = (file: PackedFile) => belowFolder(location, file).startsWith('fragments/');
  const isPack = (file: PackedFile) => belowFolder(location, file) === 'pack.yaml';
  const isMain = (file: PackedFile) => belowFolder(location, file) === 'requirements.yaml';
  const isPart = (file: PackedFile) => belowFolder(location, file).startsWith('requirements/');
  const ofKind = (kind: FileKind) => files.filter(file => file.kind === kind && !isFragment(file) && !isPack(file));
  const fragments = files.filter(isFragment);
  const scenarios = ofKind('scenario');
  const { within } = location;
  const isAskedFor = (file: PackedFile) =>
    within === '' || belowFolder(location, file) === within || belowFolder(location, file).startsWith(`${within}/`);
  return {
    pack: files.find(isPack)!,
    ledgers: [
      ...ofKind('ledger').filter(isMain),
      ...ofKind('ledger').filter(isPart),
      ...ofKind('ledger').filter(file => !isMain(file) && !isPart(file)),
    ],
    scenarios,
    fragments: new Map(
      fragments.map(file => [
        belowFolder(location, file)
          .slice('fragments/'.length)
          .replace(/\.ya?ml$/, ''),
        file,
      ]),
    ),
    workloads: ofKind('workload'),
    targets: ofKind('target'),
    policies: ofKind('policy'),
    others: files.filter(
      file =>
        !isFragment(file) &&
        !isPack(file) &&
        (file.kind === undefined || file.kind === 'fragment' || file.kind === 'pack'),
    ),
    selected: scenarios.filter(isAskedFor),
    selectedWorkloads: ofKind('workload').filter(isAskedFor),
    unreadable: files.flatMap(file => file.unreadable ?? []),
  };
}

/** The kind that a file says it is: the first key at the margin that names one (language, section 2). */
export function kindOfFile(text: string): FileKind | undefined {
  return /^["']?(scenario|fragment|workload|pack|target|ledger|policy)["']?[ \t]*:/m.exec(text)?.[1] as
    | FileKind
    | undefined;
}

function readPackedFile(location: PackLocation, below: string): PackedFile {
  const path = join(location.folder, below);
  const file = `${location.name}/${below}`;
  try {
    const text = readTextFile(path);
    return { file, path, kind: kindOfFile(text), text };
  } catch (thrown) {
    // Without pack.yaml there is no pack; all else is one problem among others.
    if (!(thrown instanceof AntiphonError) || below === 'pack.yaml') throw thrown;
    const span = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    return { file, path, kind: undefined, text: '', unreadable: problem(thrown.code, thrown.message, span) };
  }
}

function belowFolder(location: PackLocation, file: PackedFile): string {
  return file.file.slice(location.name.length + 1);
}

/** Paths below a folder with `/`, sorted by code points, so that every machine has one order. */
function yamlFilesBelow(folder: string, prefix: string): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) found.push(...yamlFilesBelow(folder, `${prefix}${entry.name}/`));
    else if (/\.ya?ml$/.test(entry.name)) found.push(`${prefix}${entry.name}`);
  }
  return found.sort();
}

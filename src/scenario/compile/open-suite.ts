import type { Diagnostic } from '../../foundation/diagnostic.ts';
import type { Pack } from '../../foundation/pack.ts';
import type { AccountMode } from '../../packs/file-types.ts';
import type { PackCode } from '../../packs/pack-code.ts';
import type { PackFile } from '../../packs/pack-file.ts';
import type { PackFolder } from '../../packs/pack-folder.ts';
import type { FragmentFile } from '../files/file-types.ts';
import { readFragmentFile } from '../files/read-file.ts';
import type { Report, SuiteSource } from './suite-source.ts';

/** A pack as `loadPack` reads it, with the pure Pack that was made of it. */
export interface OpenPack {
  readonly pack: Pack;
  readonly packFile: PackFile;
  readonly folder: PackFolder;
  readonly code: PackCode;
}

/** What the scenarios of a pack folder are compiled with. Problems in fragments are reported; a broken one is known by name only. */
export function openSuite(
  { pack, packFile, folder, code }: OpenPack,
  accountMode: AccountMode,
  report: Report,
): SuiteSource {
  const fragments = new Map<string, FragmentFile>();
  const unreadable = new Set<string>();
  for (const [name, { text, file, ...packed }] of folder.fragments) {
    if (packed.unreadable) {
      unreadable.add(name);
      continue;
    }
    const read = readFragmentFile(text, file);
    read.diagnostics.forEach((diagnostic: Diagnostic) => void report(diagnostic));
    if (read.file) fragments.set(name, read.file);
    else unreadable.add(name);
  }
  const files = [folder.pack, ...folder.scenarios, ...folder.fragments.values(), ...folder.workloads];
  return {
    pack,
    language: packFile.language,
    fragments,
    unreadable,
    accountMode,
    sourceTexts: new Map(files.map(({ file, text }) => [file, text])),
    operators: code.operators,
  };
}

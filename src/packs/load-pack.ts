import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../foundation/diagnostic.ts';
import { checkPackFolder } from './check-pack-folder.ts';
import type { Ledger } from './file-types.ts';
import type { PackLocation } from './find-pack.ts';
import { loadCode } from './load-code.ts';
import { loadSchemas, type SchemaFile } from './load-schemas.ts';
import { noCode, type PackCode } from './pack-code.ts';
import type { PackFile } from './pack-file.ts';
import { type PackedFile, type PackFolder, readPackFolder } from './pack-folder.ts';
import { readLedgerFiles } from './read-ledger-file.ts';
import { codePathOf, readPackFile } from './read-pack-file.ts';

/** A pack with all that lies in its folder. What is undefined has its reason among the diagnostics. */
export interface LoadedPack {
  readonly location: PackLocation;
  readonly folder: PackFolder;
  readonly packFile: PackFile | undefined;
  readonly ledger: Ledger | undefined;
  readonly schemas: readonly SchemaFile[];
  readonly code: PackCode;
  /** Of pack.yaml, ledger, schemas and code: `sha256:<hex>`. */
  readonly digest: string;
  /** `sha256:<hex>` of every YAML file by logical name. */
  readonly digests: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a pack's folder. Throws an AntiphonError for a schema that is no JSON, or code that cannot be imported. */
export async function loadPack(location: PackLocation): Promise<LoadedPack> {
  const folder = readPackFolder(location);
  const schemas = loadSchemas(location.schemaFolder);
  const { code, codeText } = await codeOf(location, folder);
  const { packFile, diagnostics } = readPackFile(folder.pack.text, folder.pack.file, code);
  const ledgerFiles = ledgerFilesOf(folder);
  const ledger = ledgerFiles.length > 0 ? readLedgerFiles(ledgerFiles) : undefined;
  const loaded = { location, folder, packFile, ledger: ledger?.ledger, schemas };
  const digested = [
    folder.pack.text,
    ...(ledgerFiles.length > 0 ? ledgerFiles.map(({ text }) => text) : ['']),
    codeText,
    ...schemas.flatMap(({ path, text }) => [path, text]),
  ];
  return {
    ...loaded,
    code,
    digest: digestOf(digested),
    digests: Object.fromEntries(allFiles(folder).map(({ file, text }) => [file, digestOf([text])])),
    diagnostics: [...folder.unreadable, ...diagnostics, ...(ledger?.diagnostics ?? []), ...checkPackFolder(loaded)],
  };
}

/** The first ledger, which is the main one, and its parts. */
function ledgerFilesOf({ ledgers }: PackFolder): readonly PackedFile[] {
  return ledgers.filter(({ file }, k) => k === 0 || file.split('/')[1] === 'requirements');
}

async function codeOf(
  location: PackLocation,
  folder: PackFolder,
): Promise<{ readonly code: PackCode; readonly codeText: string }> {
  const relative = codePathOf(folder.pack.text);
  const path = relative === undefined ? undefined : join(location.folder, relative);
  if (path === undefined || !existsSync(path)) return { code: noCode, codeText: '' };
  return { code: await loadCode(path), codeText: readFileSync(path, 'utf8') };
}

function allFiles(folder: PackFolder) {
  const { pack, ledgers, scenarios, fragments, workloads, targets, policies, others } = folder;
  return [pack, ...ledgers, ...scenarios, ...fragments.values(), ...workloads, ...targets, ...policies, ...others];
}

/** One text gives the digest of its file; of several each is preceded by its length, so that none can run into the next. */
function digestOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(texts.length === 1 ? text : `${Buffer.byteLength(text)}:${text}`);
  return `sha256:${hash.digest('hex')}`;
}

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearest } from '../documents/nearest.ts';
import { AntiphonError } from '../foundation/errors.ts';

/** Where a pack lies. */
export interface PackLocation {
  /** Last part of the folder's path: the first part of every logical file name. */
  readonly name: string;
  readonly folder: string;
  /** Holds `sent` and `received`; need not exist. */
  readonly schemaFolder: string;
  /** Where its protobuf schema is, if it has one. */
  readonly protoFolder: string;
  readonly bundled: boolean;
  /** What was asked for, below the folder and with `/`: a scenario file or a topic; empty for all of it. */
  readonly within: string;
}

export interface FindOptions {
  /** Relative paths count from here. */
  readonly from?: string;
  /** Root of the package that holds the bundled packs. */
  readonly root?: string;
}

/**
 * Finds a pack by the name of a bundled one, by its folder, or by a scenario file or topic folder in it. A bare name means the
 * bundled pack; `./name` the folder.
 */
export function findPack(
  nameOrPath: string,
  { from = process.cwd(), root = packageRoot() }: FindOptions = {},
): PackLocation {
  const candidates = candidatesFor(nameOrPath, resolve(from, nameOrPath), join(root, 'scenarios'));
  for (const candidate of candidates) {
    const folder = existsSync(candidate) ? packFolderAround(candidate) : undefined;
    if (folder !== undefined) return locationOf(folder, candidate, root);
  }
  throw unknownPack(nameOrPath, candidates, root);
}

/** A bare name is first that of a bundled pack; `message/order.yaml` and the like are first paths; `./x` and `/x` are paths only. */
function candidatesFor(nameOrPath: string, path: string, bundled: string): readonly string[] {
  if (/^[./\\]/.test(nameOrPath) || isAbsolute(nameOrPath)) return [path];
  const inside = join(bundled, nameOrPath);
  return /^[\w-]+$/.test(nameOrPath) ? [inside, path] : [path, inside];
}

/** Names of the packs that come with the tool. */
export function bundledPacks(root = packageRoot()): readonly string[] {
  const folder = join(root, 'scenarios');
  return childFolders(folder).filter(name => existsSync(join(folder, name, 'pack.yaml')));
}

/** The folder of our own package.json: this module lies at another depth when it is compiled. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isOwnPackage(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('no package.json of antiphon above its own modules');
    folder = above;
  }
  return folder;
}

/** Names of the folders in a folder, sorted; none if it does not exist. */
function childFolders(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const folders = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory());
  return folders.map(entry => entry.name).sort();
}

function isOwnPackage(file: string): boolean {
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'antiphon';
}

function packFolderAround(path: string): string | undefined {
  let folder = statSync(path).isDirectory() ? path : dirname(path);
  while (!isFile(join(folder, 'pack.yaml'))) {
    const above = dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
  return folder;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function locationOf(folder: string, asked: string, root: string): PackLocation {
  const name = basename(folder);
  const bundled = folder === join(root, 'scenarios', name);
  const within = relative(folder, asked).split(sep).join('/');
  return {
    name,
    folder,
    schemaFolder: bundled ? join(root, 'schemas', 'frames', name) : join(folder, 'schemas'),
    protoFolder: join(bundled ? root : folder, 'schemas', 'proto'),
    bundled,
    within: within === 'pack.yaml' ? '' : within,
  };
}

function unknownPack(nameOrPath: string, candidates: readonly string[], root: string): AntiphonError {
  const known = bundledPacks(root);
  const near = nearest(nameOrPath, known);
  const found = candidates.filter(candidate => existsSync(candidate));
  const came =
    found.length > 0
      ? `${found.join(' and ')}, with no pack.yaml in it or above it`
      : `neither ${candidates.join(' nor ')}`;
  const hint =
    near !== undefined
      ? `did you mean ${near}?`
      : known.length > 0
        ? `bundled packs: ${known.join(', ')}`
        : 'give the path of a folder with a pack.yaml';
  return new AntiphonError(
    'usage',
    'unknown-pack',
    `expected a pack, a scenario file or a topic folder called ${nameOrPath}, found ${came}: ${hint}`,
  );
}

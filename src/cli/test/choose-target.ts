/** Which server a suite runs against: the bundled one, a URL, a target file. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { referenceProtocols } from '../../../reference-server/index.ts';
import { openBundledTarget, openFileTarget, openUrlTarget } from '../../conformance/target/open-target.ts';
import type { Target } from '../../conformance/target/target.ts';
import { formatDiagnostic } from '../../documents/excerpt.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import type { Configuration, TargetFile } from '../../packs/file-types.ts';
import { bundledPacks, findPack } from '../../packs/find-pack.ts';
import { loadPack } from '../../packs/load-pack.ts';
import type { PackFile } from '../../packs/pack-file.ts';
import { readTargetFile } from '../../packs/read-target-file.ts';
import { overlayOf, type Suite } from '../../suites/suite.ts';
import type { Assignment } from '../options/read-assignment.ts';
import { plainOverlay } from '../plain-overlay.ts';
import type { TestOptions } from './test-options.ts';

type TargetOptions = Pick<TestOptions, 'target' | 'configuration' | 'var'>;

export type TargetChoice =
  | { readonly kind: 'bundled'; readonly configuration?: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'file'; readonly file: TargetFile; readonly variables: readonly Assignment[] };

/** Settles what `--target` and `--configuration` name. Nothing is started yet. */
export function chooseTarget({ target, configuration, var: variables = [] }: TargetOptions): TargetChoice {
  if (variables.length > 0 && (target === undefined || !isFile(target))) {
    const message = `Expected a target file, in which --var puts values for $(vars.${variables[0]!.name}); got ${target ?? 'no --target'}. Leave --var out, or name the file.`;
    throw new AntiphonError('usage', 'var-without-file', message);
  }
  if (target === undefined) return { kind: 'bundled', ...(configuration === undefined ? {} : { configuration }) };
  if (configuration !== undefined) {
    const message = `Expected --target or --configuration, got both: a configuration is a way to start the bundled server. Leave one out.`;
    throw new AntiphonError('usage', 'configuration-of-target', message);
  }
  if (isFile(target)) return { kind: 'file', file: readTarget(target, variables), variables };
  if (/^[a-z][a-z+]*:\/\//i.test(target) || /^[^/\\]+:\d+$/.test(target)) return { kind: 'url', url: target };
  const message = `Expected a target as a URL (ws://host:port/, or host:port) or as a file, got ${target}, which is neither. Check its path.`;
  throw new AntiphonError('usage', 'no-such-target', message);
}

/** What is run if no pack is named: of a target file, its protocol; against a URL it has to be said which. */
export function packsOf(choice: TargetChoice, named: readonly string[]): readonly string[] {
  if (named.length > 0) return named;
  const bundled = bundledPacks();
  if (choice.kind === 'file') return [choice.file.protocol];
  if (choice.kind === 'bundled' || bundled.length === 1) return bundled;
  const message = `Expected the pack that ${choice.url} is to be tested with, got none. Name one of ${bundled.join(', ')}, or a folder.`;
  throw new AntiphonError('usage', 'pack-not-named', message);
}

/** Starts the target if it is ours to start. */
export async function openTarget(choice: TargetChoice, suite: Suite): Promise<Target> {
  if (choice.kind === 'bundled') return openBundled(suite, choice.configuration);
  if (choice.kind === 'file') {
    const file = await fitted(choice, suite);
    return openFileTarget(suite.packFor(overlayOf(file)), file);
  }
  const { url } = choice;
  return openUrlTarget({ pack: suite.packFor(plainOverlay), url, accountMode: ownAccountMode(suite, url) });
}

/** In the first configuration that the pack names, if no other is asked for. */
function openBundled(suite: Suite, wanted: string | undefined): Promise<Target> {
  if (!referenceProtocols.includes(suite.pack)) {
    const message = `Expected a target for ${suite.pack}: it has no bundled server. Name one with --target.`;
    throw new AntiphonError('usage', 'no-bundled-server', message);
  }
  const configuration = configurationOf(suite, wanted);
  const main = fileURLToPath(new URL(`../main${extname(import.meta.url)}`, import.meta.url));
  const options = ['--port', '0', '--quiet', '--parent', String(process.pid)];
  return openBundledTarget({
    pack: suite.packFor(plainOverlay),
    command: [process.execPath, main, 'serve', suite.pack, ...options],
    configuration,
    accountMode: ownAccountMode(suite, 'the bundled server'),
  });
}

function configurationOf({ pack, configurations }: Suite, wanted: string | undefined): Configuration {
  const found = wanted === undefined ? configurations[0] : configurations.find(({ name }) => name === wanted);
  if (found) return found;
  const message = `Expected a configuration of ${pack}, one of ${configurations.map(({ name }) => name).join(', ')}; got ${wanted}.`;
  throw new AntiphonError('usage', 'unknown-configuration', message);
}

/** A server that we know nothing of takes accounts of our own making, if the pack can make some. */
function ownAccountMode(suite: Suite, target: string) {
  const mode = suite.accountModes.find(each => each !== 'list');
  if (mode !== undefined) return mode;
  const message = `Expected a target file with accounts, for ${suite.pack} cannot make its own; got ${target}. Write the file and name it with --target.`;
  throw new AntiphonError('usage', 'accounts-needed', message);
}

/** Read once more with its pack: names are the pack's, and its profile lies under its own capabilities. */
async function fitted(choice: TargetChoice & { kind: 'file' }, suite: Suite): Promise<TargetFile> {
  const { packFile } = await loadPack(findPack(suite.folder));
  const file = readTarget(choice.file.file, choice.variables, packFile);
  const { mode } = file.accounts;
  if (suite.accountModes.includes(mode)) return file;
  const message = `Expected accounts of a mode that ${suite.pack} knows (${suite.accountModes.join(', ')}), got ${mode} in ${file.file}. Write \`accounts: { mode: … }\` in it.`;
  throw new AntiphonError('usage', 'account-mode-unknown', message);
}

function readTarget(path: string, variables: readonly Assignment[], packFile?: PackFile): TargetFile {
  const text = readFileSync(path, 'utf8');
  const vars = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  const { target, diagnostics } = readTargetFile(text, path, { env: process.env, vars, ...(packFile && { packFile }) });
  if (target) return target;
  const problems = diagnostics.map(diagnostic => formatDiagnostic(diagnostic, text, { color: false }));
  const message = `Expected a target file, got one with mistakes. Correct them:\n\n${problems.join('\n\n')}`;
  throw new AntiphonError('usage', 'target-file-invalid', message);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

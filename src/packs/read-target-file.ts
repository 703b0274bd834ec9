import { nearest } from '../documents/nearest.ts';
import { readDocument } from '../documents/read-document.ts';
import { type At, problem, type Report } from '../documents/shape.ts';
import type { Diagnostic } from '../foundation/diagnostic.ts';
import type { StartCommand, TargetFile } from './file-types.ts';
import { profileCapabilities } from './overlay.ts';
import type { PackFile } from './pack-file.ts';
import { suppliesOf } from './sources-shape.ts';
import { type Surroundings, substitute } from './substitute.ts';
import { type TargetSource, targetShape } from './target-shape.ts';
import { namesIn } from './template.ts';

export interface ReadTargetFile {
  /** Undefined if there is an error among the diagnostics. */
  readonly target: TargetFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a target file (language, section 11) and tells all that is wrong with it. Never throws. Every text in it holds references
 * where the environment gave a value (see `secretReference`). With `packFile` the names in it are looked up there, and
 * the capabilities of its profile lie under its own.
 */
export function readTargetFile(
  text: string,
  file: string,
  surroundings: Surroundings & { readonly packFile?: PackFile },
): ReadTargetFile {
  const { root, diagnostics } = readDocument(text, file);
  const report: Report = diagnostic => diagnostics.push(diagnostic);
  const secrets = new Map<string, string>();
  const source = root && targetShape.read(substitute(root, surroundings, secrets, report), report);
  if (source) checkTarget(source, report);
  if (source && surroundings.packFile) checkNames(source, surroundings.packFile, report);
  const sound = source && !diagnostics.some(each => each.severity === 'error');
  return { target: sound ? targetOf(source, file, secrets, surroundings.packFile) : undefined, diagnostics };
}

const readyWithinUs = 20e6;
const stopWithinUs = 5e6;

function targetOf(
  source: TargetSource,
  file: string,
  secrets: ReadonlyMap<string, string>,
  packFile: PackFile | undefined,
): TargetFile {
  const { endpoints, start, tls, profile, accounts, sources, capabilities = [] } = source;
  const { span: _, ...tlsOptions } = tls ?? { span: source.span };
  return {
    title: source.target,
    protocol: source.protocol.value,
    file,
    endpoints: Object.fromEntries(endpoints.map(({ name, value }) => [name.value, value])),
    ...(start && { start: startOf(start, endpoints[0]!.name.value) }),
    ...(tls && { tls: tlsOptions }),
    ...(profile && { profile: profile.value }),
    accounts: { mode: accounts?.mode.value ?? 'register', list: accounts?.list ?? [] },
    sources: suppliesOf(sources),
    capabilities: {
      ...(packFile && profileCapabilities(packFile.language.profiles, profile?.value)),
      ...Object.fromEntries(capabilities.map(({ name, value }) => [name.value, value])),
    },
    limits: source.limits ?? {},
    timers: source.timers ?? {},
    values: source.values ?? {},
    secrets,
  };
}

function startOf(
  { command, env = [], cwd, ready, stop }: NonNullable<TargetSource['start']>,
  firstTransport: string,
): StartCommand {
  const { output, file } = ready ?? {};
  const connect = output === undefined && file === undefined ? (ready?.connect?.value ?? firstTransport) : undefined;
  return {
    command,
    env: Object.fromEntries(env.map(({ name, value }) => [name.value, value])),
    ...(cwd !== undefined && { cwd }),
    ready: {
      ...(connect !== undefined && { connect }),
      ...(output !== undefined && { output }),
      ...(file !== undefined && { file }),
      withinUs: ready?.within ?? readyWithinUs,
    },
    stop: { signal: stop?.signal ?? 'SIGTERM', withinUs: stop?.within ?? stopWithinUs },
  };
}

function checkTarget({ accounts, start, endpoints, capabilities = [] }: TargetSource, report: Report): void {
  if (accounts?.mode.value === 'list' && !accounts.list) {
    report(problem('missing-key', 'expected accounts for the mode list, came none', accounts.span, 'add list: [ … ]'));
  }
  if (accounts?.mode.value === 'register' && accounts.list) {
    report(
      problem(
        'keys-conflict',
        'mode register and list cannot stand together: the run makes its own accounts',
        accounts.mode.span,
        'write mode: list',
      ),
    );
  }
  if (start?.ready?.connect)
    expectName(
      'endpoint',
      start.ready.connect,
      endpoints.map(({ name }) => name.value),
      report,
    );
  const restartable = capabilities.find(({ name, value }) => name.value === 'restartable' && value);
  if (restartable && !start)
    report(
      problem(
        'start-missing',
        'a target that is restartable needs start',
        restartable.span,
        'add start: { command: … }',
      ),
    );
}

function checkNames(
  { protocol, endpoints, profile, sources = [], capabilities = [] }: TargetSource,
  packFile: PackFile,
  report: Report,
): void {
  const { language } = packFile;
  expectName('protocol', protocol, [packFile.name], report);
  for (const { name } of endpoints)
    expectName(
      'transport',
      name,
      packFile.transports.map(row => row.name),
      report,
    );
  if (profile) expectName('profile', profile, [...language.profiles.keys()], report);
  for (const { name } of capabilities) expectName('capability', name, language.capabilities, report);
  for (const { name, value } of sources) {
    expectName('source', name, [...language.sources.keys()], report);
    const given = language.sources.get(name.value) ?? [];
    for (const each of [...(value.command ?? []), value.file ?? ''].flatMap(namesIn)) {
      expectName('name', { value: each, span: value.span }, given, report);
    }
  }
}

function expectName(what: string, name: At<string>, known: readonly string[], report: Report): void {
  if (known.includes(name.value)) return;
  const near = nearest(name.value, known);
  const suggestion = near === undefined ? `known: ${known.join(', ') || 'none'}` : `did you mean ${near}?`;
  report(problem(`unknown-${what}`, `expected a known ${what}, came ${name.value}`, name.span, suggestion));
}

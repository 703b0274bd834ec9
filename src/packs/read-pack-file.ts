import type { Located, LocatedMap } from '../documents/located.ts';
import { readDocument } from '../documents/read-document.ts';
import { problem, type Report } from '../documents/shape.ts';
import type { Diagnostic } from '../foundation/diagnostic.ts';
import type { ValueObject } from '../foundation/value.ts';
import { checkPackNames } from './check-pack-names.ts';
import type { Actor, Configuration, Omission, PackLanguage, TransportLanguage } from './file-types.ts';
import { literalOf } from './literal.ts';
import { profileCapabilities } from './overlay.ts';
import { noCode, type PackCode } from './pack-code.ts';
import type { KindRule, PackFile, SizeBound, TransportRow, UnwrapRule } from './pack-file.ts';
import { type PackSource, packShape } from './pack-shape.ts';
import { parsePointer } from './pointer.ts';
import type { FieldForm, FieldForms } from './protobuf/forms.ts';
import { type WhenReader, whenReader } from './read-when.ts';
import { suppliesOf } from './sources-shape.ts';

export interface ReadPackFile {
  /** Undefined if there is an error among the diagnostics. */
  readonly packFile: PackFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `pack.yaml` (language, section 11) and tells all that is wrong with it. Never throws. */
export function readPackFile(text: string, file: string, code: PackCode = noCode): ReadPackFile {
  const { root, diagnostics } = readDocument(text, file);
  const report: Report = diagnostic => diagnostics.push(diagnostic);
  const source = root && packShape.read(root, report);
  const packFile = source && convert(source, file, whenReader(source, code, report), report);
  if (source) checkPackNames(source, code, report);
  return { packFile: diagnostics.some(each => each.severity === 'error') ? undefined : packFile, diagnostics };
}

/** The path of the pack's module, before anything else is read: its operators may stand in the patterns of the file. */
export function codePathOf(text: string): string | undefined {
  return /\bcode\b/.test(text) ? textIn(readDocument(text, '').root, 'code') : undefined;
}

/** The name of the pack's protobuf schema, likewise: its names are checked with the file. */
export function protoFileOf(text: string): string | undefined {
  if (!/\bprotobuf\b/.test(text)) return undefined;
  const { root } = readDocument(text, '');
  return textIn(root && memberIn(root, 'protobuf'), 'file');
}

function textIn(node: Located | undefined, name: string): string | undefined {
  const member = node && memberIn(node, name);
  return member?.type === 'scalar' && typeof member.value === 'string' ? member.value : undefined;
}

function memberIn(node: Located, name: string): Located | undefined {
  return node.type === 'map' ? node.entries.find(each => each.key === name)?.value : undefined;
}

function convert(source: PackSource, file: string, readWhen: WhenReader, report: Report): PackFile | undefined {
  const { request } = source;
  const kind = kindRule(source, readWhen, report);
  if (kind === undefined) return undefined;
  const language = languageOf(source, file, readWhen);
  return {
    name: source.pack,
    file,
    transports: source.transports.map(({ name, value }) => transportRow(name.value, value, source.receive)),
    kind,
    unwrap: (source.unwrap ?? []).map((rule): UnwrapRule => ({ when: readWhen(rule.when), at: rule.at })),
    fill: source.fill ?? {},
    ...(request && { request: { id: request.id, make: request.make, except: request.except ?? [] } }),
    reply: new Map(source.reply?.map(({ name, value }) => [name.value, value])),
    unordered: source.unordered ?? [],
    accounts: source.accounts ? (literalOf(source.accounts) as ValueObject) : {},
    configurations: configurationsOf(source, language),
    fieldForms: fieldFormsOf(source),
    ...(source.code !== undefined && { code: source.code }),
    language,
  };
}

function kindRule(source: PackSource, readWhen: WhenReader, report: Report): KindRule | undefined {
  const { kind } = source;
  if (kind === 'member') return { by: 'member' };
  const parts = typeof kind === 'string' ? [kind] : kind;
  const pointers = parts.filter(part => typeof part === 'string');
  const rows = parts.filter(part => typeof part !== 'string');
  if (pointers.length > 0 && rows.length > 0) {
    report(
      problem(
        'kind-mixed',
        'expected pointers only or { name, when } only, came both',
        rows[0]!.span,
        'name every kind by a pattern',
      ),
    );
    return undefined;
  }
  if (rows.length === 0) return { by: 'pointers', pointers: pointers.map(each => parsePointer(each) ?? []) };
  return {
    by: 'pattern',
    rows: rows.map(row => ({ name: row.name, when: readWhen(row.when) })),
  };
}

type TransportSource = PackSource['transports'][number]['value'];

function transportRow(name: string, source: TransportSource, ofPack: PackSource['receive']): TransportRow {
  const {
    kind,
    path,
    endpoint,
    session,
    opcode = 'text',
    codec = kind === 'grpc' ? 'protobuf' : 'json',
    role = 'client',
    quiet,
  } = source;
  const receive = source.receive ?? ofPack;
  return {
    name,
    kind,
    ...(path !== undefined && { path }),
    ...(endpoint !== undefined && { endpoint }),
    ...(session && { session }),
    opcode,
    codec,
    role,
    message: source.message ?? (role === 'client' && codec !== 'text' && kind !== 'http' && kind !== 'udp'),
    ...(quiet !== undefined && { quietUs: quiet }),
    ...(receive && { receiveMaxBytes: sizeBound(receive.maxBytes.value) }),
  };
}

function fieldFormsOf({ protobuf }: PackSource): FieldForms {
  return new Map(
    (protobuf?.fields ?? []).map(({ name, value }) => [
      name.value,
      new Map(
        value.map(({ name: field, value: { at, as } }): [string, FieldForm] => [
          field.value,
          { ...(at && { at }), ...(as && { as }) },
        ]),
      ),
    ]),
  );
}

function sizeBound(written: number | string): SizeBound {
  return typeof written === 'number' ? written : { limit: /^\$\(limits\.(.*)\)$/.exec(written)?.[1] ?? written };
}

function languageOf(source: PackSource, file: string, readWhen: WhenReader): PackLanguage {
  const { foreign, ignore, barrier, load } = source;
  return {
    ...(foreign && { foreign }),
    ...(ignore && { ignore }),
    ...(barrier && {
      barrier: {
        params: barrier.params as LocatedMap | undefined,
        proves: barrier.proves,
        steps: barrier.steps,
        span: barrier.span,
      },
    }),
    actors: (source.actors ?? []).map(({ name, value, span }): Actor => {
      const { account = false, transport, run } = value;
      const { span: _, ...byMode } = typeof run === 'object' ? run : { span };
      return {
        name: name.value,
        account,
        ...(transport !== undefined && { transport }),
        ...(value.ignore && { ignore: value.ignore }),
        ...(run !== undefined && { run: typeof run === 'string' ? run : byMode }),
        span,
      };
    }),
    sources: new Map(source.sources?.map(({ name, value }) => [name.value, value])),
    capabilities: source.capabilities ?? [],
    limits: source.limits ?? {},
    timers: source.timers ?? {},
    values: source.values ?? {},
    profiles: new Map(source.profiles?.map(({ name, value }) => [name.value, profileOf(value)])),
    ...(load && { load }),
    transports: new Map(source.transports.map(({ name, value }) => [name.value, transportLanguage(value, readWhen)])),
    file,
  };
}

function configurationsOf({ configurations = [] }: PackSource, { profiles }: PackLanguage): readonly Configuration[] {
  if (configurations.length === 0)
    return [{ name: 'plain', serve: ['--demo'], sources: {}, limits: {}, timers: {}, values: {}, capabilities: {} }];
  return configurations.map(({ name, value }): Configuration => {
    const { serve = [], accounts, profile, sources, limits = {}, timers = {}, values = {}, capabilities = [] } = value;
    return {
      name: name.value,
      serve,
      ...(accounts && { accounts: { mode: accounts.mode.value, list: accounts.list ?? [] } }),
      ...(profile !== undefined && { profile }),
      sources: suppliesOf(sources),
      limits,
      timers,
      values,
      capabilities: {
        ...profileCapabilities(profiles, profile),
        ...Object.fromEntries(capabilities.map(each => [each.name.value, each.value])),
      },
    };
  });
}

type ProfileSource = NonNullable<PackSource['profiles']>[number]['value'];

function profileOf({ limits = {}, timers = {}, values = {}, capabilities = [] }: ProfileSource) {
  return {
    limits,
    timers,
    values,
    capabilities: Object.fromEntries(capabilities.map(({ name, value }) => [name.value, value.value])),
  };
}

function transportLanguage(
  { limits, timers, values, omits = [] }: TransportSource,
  readWhen: WhenReader,
): TransportLanguage {
  // Read once more for each scenario, whose names it may use.
  const omissions = omits.map(({ when, at }): Omission => ({ at, ...(when && { when, pattern: readWhen(when) }) }));
  return { ...(limits && { limits }), ...(timers && { timers }), ...(values && { values }), omits: omissions };
}

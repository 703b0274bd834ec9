import { nearest } from '../documents/nearest.ts';
import { readDocument } from '../documents/read-document.ts';
import { type At, problem, type Report } from '../documents/shape.ts';
import type { Diagnostic } from '../foundation/diagnostic.ts';
import { builtInRequirements, builtInSource } from './built-in-requirements.ts';
import type { Ledger, LedgerSource, Requirement } from './file-types.ts';
import { type LedgerSourceText, ledgerShape } from './ledger-shape.ts';
import { formatPointer } from './pointer.ts';

export interface ReadLedgerFile {
  /** Undefined if there is an error among the diagnostics. */
  readonly ledger: Ledger | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** One file of a ledger. */
export interface LedgerText {
  readonly text: string;
  /** Logical name. */
  readonly file: string;
}

/**
 * Reads `requirements.yaml` and the parts in `requirements/` (language, section 13), which share their sources, and tells all that is
 * wrong with them. The title is that of the first. Never throws.
 */
export function readLedgerFiles(files: readonly LedgerText[]): ReadLedgerFile {
  const diagnostics: Diagnostic[] = [];
  const report: Report = diagnostic => diagnostics.push(diagnostic);
  const parts = files.flatMap(({ text, file }) => {
    const read = readDocument(text, file);
    diagnostics.push(...read.diagnostics);
    return (read.root && ledgerShape.read(read.root, report)) ?? [];
  });
  // With a part that cannot be read, what it names would look unknown.
  if (parts.length < files.length) return { ledger: undefined, diagnostics };
  const sources = parts.flatMap(part => part.sources ?? []);
  checkTwice(
    'source',
    sources.map(each => each.id),
    report,
  );
  checkTwice(
    'requirement',
    parts.flatMap(part => part.requirements.map(each => each.id)),
    report,
  );
  for (const part of parts) {
    if (sources.length > 0) for (const each of part.requirements) checkPlace(each.source, sources, report);
    checkProtocol(part, parts[0]!, report);
  }
  if (sources.length === 0 && parts[0])
    report(problem('missing-key', 'a ledger needs the key sources', parts[0].span, 'add sources: the documents'));
  const sound = !diagnostics.some(each => each.severity === 'error');
  return { ledger: sound && parts.length > 0 ? ledgerOf(parts, sources, files[0]!.file) : undefined, diagnostics };
}

/** A ledger of one file. */
export function readLedgerFile(text: string, file: string): ReadLedgerFile {
  return readLedgerFiles([{ text, file }]);
}

type Sources = readonly Exclude<LedgerSourceText['sources'], undefined>[number][];

function ledgerOf(parts: readonly LedgerSourceText[], documents: Sources, file: string): Ledger {
  const [first] = parts as readonly [LedgerSourceText];
  const written = parts.flatMap(part => part.requirements.map(requirementOf));
  const added = builtInRequirements(first.span).filter(row => !written.some(each => each.id === row.id));
  const sources = documents.map(({ id, title, sections }): LedgerSource => ({ id: id.value, title, sections }));
  const requirements = [...written, ...added];
  return {
    title: first.ledger,
    protocol: first.protocol,
    file,
    sources: added.length === 0 ? sources : [...sources, builtInSource],
    requirements,
    byId: new Map(requirements.map(each => [each.id, each])),
  };
}

function checkProtocol(part: LedgerSourceText, first: LedgerSourceText, report: Report): void {
  if (part.protocol === first.protocol) return;
  const message = `expected the protocol ${first.protocol}, as in ${first.span.file}, came ${part.protocol}`;
  report(problem('unknown-protocol', message, part.span));
}

function requirementOf(row: LedgerSourceText['requirements'][number]): Requirement {
  const {
    id,
    level,
    text,
    source,
    members = [],
    forbids = [],
    since,
    until,
    needs = [],
    interpretation = false,
    excluded,
    span,
  } = row;
  return {
    id: id.value,
    level,
    text,
    source: { id: source.id.value, section: source.section.value },
    members: members.map(({ kind, at }) => ({ kind, at: formatPointer(at) })),
    forbids: forbids.map(({ kind, at }) => ({ kind, at: formatPointer(at) })),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    needs,
    interpretation,
    ...(excluded !== undefined && { excluded }),
    span,
  };
}

function checkTwice(what: string, ids: readonly At<string>[], report: Report): void {
  const first = new Map<string, At<string>>();
  for (const id of ids) {
    const before = first.get(id.value);
    if (before === undefined) first.set(id.value, id);
    else
      report(
        problem(
          `duplicate-${what}`,
          `the ${what} ${id.value} stands twice, first in ${placeOf(before, id)}`,
          id.span,
          'remove one of them, or give it another id',
        ),
      );
  }
}

function placeOf({ span }: At<string>, seenFrom: At<string>): string {
  return span.file === seenFrom.span.file ? `line ${span.line}` : `${span.file}, line ${span.line}`;
}

type Place = LedgerSourceText['requirements'][number]['source'];

function checkPlace({ id, section }: Place, sources: Sources, report: Report): void {
  const source = sources.find(each => each.id.value === id.value);
  if (source === undefined) {
    const known = sources.map(each => each.id.value);
    report(
      problem(
        'unknown-source',
        `expected one of the sources ${known.join(', ')}, came ${id.value}`,
        id.span,
        didYouMean(id.value, known),
      ),
    );
  } else if (!source.sections.includes(section.value)) {
    const suggestion = didYouMean(section.value, source.sections) ?? 'add it to the sections of the source';
    report(
      problem(
        'unknown-section',
        `expected a section of the source ${id.value}, came ${JSON.stringify(section.value)}`,
        section.span,
        suggestion,
      ),
    );
  }
}

function didYouMean(name: string, known: readonly string[]): string | undefined {
  const near = nearest(name, known);
  return near === undefined ? undefined : `did you mean ${near}?`;
}

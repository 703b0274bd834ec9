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

/** Reads `requirements.yaml` (language, section 13) and tells all that is wrong with it. Never throws. */
export function readLedgerFile(text: string, file: string): ReadLedgerFile {
  const { root, diagnostics } = readDocument(text, file);
  const report: Report = diagnostic => diagnostics.push(diagnostic);
  const source = root && ledgerShape.read(root, report);
  if (source) {
    checkTwice(
      'source',
      source.sources.map(each => each.id),
      report,
    );
    checkTwice(
      'requirement',
      source.requirements.map(each => each.id),
      report,
    );
    for (const each of source.requirements) checkPlace(each.source, source.sources, report);
  }
  const sound = source && !diagnostics.some(each => each.severity === 'error');
  return { ledger: sound ? ledgerOf(source, file) : undefined, diagnostics };
}

function ledgerOf(source: LedgerSourceText, file: string): Ledger {
  const written = source.requirements.map(requirementOf);
  const added = builtInRequirements(source.span).filter(row => !written.some(each => each.id === row.id));
  const sources = source.sources.map(({ id, title, sections }): LedgerSource => ({ id: id.value, title, sections }));
  const requirements = [...written, ...added];
  return {
    title: source.ledger,
    protocol: source.protocol,
    file,
    sources: added.length === 0 ? sources : [...sources, builtInSource],
    requirements,
    byId: new Map(requirements.map(each => [each.id, each])),
  };
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
          `the ${what} ${id.value} stands twice, first in line ${before.span.line}`,
          id.span,
          'remove one of them, or give it another id',
        ),
      );
  }
}

type Place = LedgerSourceText['requirements'][number]['source'];

function checkPlace({ id, section }: Place, sources: LedgerSourceText['sources'], report: Report): void {
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

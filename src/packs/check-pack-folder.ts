import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../documents/nearest.ts';
import { problem } from '../documents/shape.ts';
import type { Diagnostic } from '../foundation/diagnostic.ts';
import type { Span } from '../foundation/span.ts';
import type { Ledger } from './file-types.ts';
import type { PackLocation } from './find-pack.ts';
import type { FrameSchema } from './frame-validator.ts';
import type { PackFile } from './pack-file.ts';
import type { PackFolder } from './pack-folder.ts';

interface PackParts {
  readonly location: PackLocation;
  readonly folder: PackFolder;
  readonly packFile: PackFile | undefined;
  readonly ledger: Ledger | undefined;
  readonly schemas: readonly FrameSchema[];
}

/** What no file can tell alone: names in one file of the folder that another one must have. */
export function checkPackFolder(parts: PackParts): readonly Diagnostic[] {
  const { location, folder, packFile, ledger } = parts;
  const found: Diagnostic[] = [];
  const begin: Span = { file: folder.pack.file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  if (folder.ledgers.length === 0)
    found.push(
      problem(
        'ledger-missing',
        `expected a ledger in the folder of ${location.name}, came none`,
        begin,
        'add requirements.yaml',
      ),
    );
  for (const { file } of folder.ledgers.slice(1)) {
    if (file.split('/')[1] === 'requirements') continue;
    found.push(
      problem(
        'second-ledger',
        `expected one ledger, ${folder.ledgers[0]!.file}, came ${file} too`,
        { ...begin, file },
        'make one file of them, or move it to requirements/',
      ),
    );
  }
  if (packFile === undefined) return found;
  if (packFile.name !== location.name) {
    found.push(
      problem(
        'pack-name',
        `expected the name of the folder, ${location.name}, came ${packFile.name}`,
        begin,
        'rename one of them',
      ),
    );
  }
  const { code } = packFile;
  if (code !== undefined && !existsSync(join(location.folder, code))) {
    found.push(problem('code-missing', `expected the module ${code} beside ${packFile.file}, came none`, begin));
  }
  found.push(...checkFragments(packFile, folder));
  found.push(...checkUnordered(packFile, parts.schemas));
  if (ledger) found.push(...checkLedger(ledger, packFile, parts.schemas));
  return found;
}

function checkFragments(packFile: PackFile, folder: PackFolder): readonly Diagnostic[] {
  const known = [...folder.fragments.keys()];
  return packFile.language.actors.flatMap(({ name, run, span }) => {
    const fragments = typeof run === 'string' ? [run] : Object.values(run ?? {});
    const missing = fragments.filter(fragment => !folder.fragments.has(fragment));
    return missing.map(fragment =>
      problem(
        'unknown-fragment',
        `expected a fragment for the actor ${name}, came ${fragment}`,
        span,
        suggestionFor(fragment, known),
      ),
    );
  });
}

function kindsOf(schemas: readonly FrameSchema[]): readonly string[] {
  const kinds = schemas.flatMap(({ path }) => /^(?:sent|received)\/([^/]+)\.schema\.json$/.exec(path)?.[1] ?? []);
  return [...new Set(kinds)];
}

function checkUnordered({ unordered, file }: PackFile, schemas: readonly FrameSchema[]): readonly Diagnostic[] {
  const kinds = kindsOf(schemas);
  if (kinds.length === 0) return [];
  const begin: Span = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return unordered.flat().flatMap(kind => {
    const expected = `expected a kind that has a schema under unordered, came ${kind}`;
    return kinds.includes(kind) ? [] : [problem('unknown-kind', expected, begin, suggestionFor(kind, kinds))];
  });
}

function checkLedger(ledger: Ledger, packFile: PackFile, schemas: readonly FrameSchema[]): readonly Diagnostic[] {
  const { capabilities } = packFile.language;
  const kinds = kindsOf(schemas);
  const found: Diagnostic[] = [];
  if (ledger.protocol !== packFile.name) {
    found.push(
      problem('unknown-protocol', `expected the protocol ${packFile.name}, came ${ledger.protocol}`, {
        file: ledger.file,
        line: 1,
        column: 1,
        endLine: 1,
        endColumn: 1,
      }),
    );
  }
  for (const { id, needs, members, forbids, span } of ledger.requirements) {
    for (const need of needs.map(each => each.replace(/^!/, ''))) {
      if (!capabilities.includes(need))
        found.push(
          problem(
            'unknown-capability',
            `expected a capability of the pack for ${id}, came ${need}`,
            span,
            suggestionFor(need, capabilities),
          ),
        );
    }
    for (const { kind } of kinds.length === 0 ? [] : [...members, ...forbids]) {
      if (!kinds.includes(kind))
        found.push(
          problem(
            'unknown-kind',
            `expected a kind that has a schema for ${id}, came ${kind}`,
            span,
            suggestionFor(kind, kinds),
          ),
        );
    }
  }
  return found;
}

function suggestionFor(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? `known: ${known.join(', ') || 'none'}` : `did you mean ${near}?`;
}

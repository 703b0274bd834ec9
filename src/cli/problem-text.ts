import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { formatDiagnostic } from '../documents/excerpt.ts';
import type { Diagnostic } from '../foundation/diagnostic.ts';

/** Where the files of a pack lie. */
export interface PackPlace {
  /** First part of its files' logical names is the last of this path. */
  readonly folder: string;
}

/** A problem with the path of its file as a person, or a terminal that opens files, needs it: from the working folder. */
export interface PlacedProblem {
  readonly diagnostic: Diagnostic;
  /** Undefined where the file is not there, such as a pack.yaml that is missing. */
  readonly path: string | undefined;
}

export function placeProblem(diagnostic: Diagnostic, { folder }: PackPlace): PlacedProblem {
  const path = join(folder, diagnostic.span.file.split('/').slice(1).join('/'));
  if (!existsSync(path)) return { diagnostic, path: undefined };
  return { diagnostic, path: relative(process.cwd(), path).replaceAll('\\', '/') };
}

/** Place, code, excerpt and advice, for a terminal. Without a line break at the end. */
export function problemText({ diagnostic, path }: PlacedProblem, color: boolean): string {
  const { span } = diagnostic;
  // What cannot be read has no excerpt: a pipe would never end.
  const text = path === undefined || diagnostic.code === 'file-unreadable' ? '' : readFileSync(path, 'utf8');
  return formatDiagnostic({ ...diagnostic, span: { ...span, file: path ?? span.file } }, text, { color });
}

/** `2 errors and 1 warning`. */
export function countProblems(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  return `${counted(errors, 'error')} and ${counted(warnings, 'warning')}`;
}

export function counted(amount: number, one: string): string {
  return `${amount} ${amount === 1 ? one : `${one}s`}`;
}

import type { Diagnostic } from '../../foundation/diagnostic.ts';

/** Problems of many files: each is told once, however many plans have it, and all are sorted by file and place. */
export interface Findings {
  report(diagnostic: Diagnostic): void;
  hasError(file: string): boolean;
  sorted(): Diagnostic[];
}

export function collectFindings(): Findings {
  const found = new Map<string, Diagnostic>();
  return {
    report(diagnostic) {
      const key = keyOf(diagnostic);
      if (!found.has(key)) found.set(key, diagnostic);
    },
    hasError: file => [...found.values()].some(({ severity, span }) => severity === 'error' && span.file === file),
    sorted: () => [...found.values()].sort(byPlace),
  };
}

function keyOf({ code, message, span }: Diagnostic): string {
  return `${span.file}:${span.line}:${span.column} ${code} ${message}`;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.span.file !== b.span.file) return a.span.file < b.span.file ? -1 : 1;
  return a.span.line - b.span.line || a.span.column - b.span.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}

import type { Span } from './span.ts';

/** One problem found in a file without running anything. */
export interface Diagnostic {
  /** Stable, kebab-case, listed in docs/lint.md: `unknown-key`, `unbound-name`, … */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** What was expected and what came. */
  readonly message: string;
  readonly span: Span;
  /** What to do: the nearest known name, or a rewrite. */
  readonly suggestion?: string;
}

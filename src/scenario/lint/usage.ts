import type { Report } from '../../documents/shape.ts';
import type { Span } from '../../foundation/span.ts';
import type { DefinedKind, Trace } from '../compile/suite-source.ts';

/** What all compilations of a suite defined and used. A definition is known by the span of its name: every file is read once. */
export interface Usage {
  readonly trace: Trace;
  isUsed(span: Span): boolean;
  /** Every check id with the places that name it. */
  readonly checks: readonly { readonly id: string; readonly span: Span }[];
  /** Of files that are sound only: what a mistake would have used is not known. */
  reportUnused(isSound: (file: string) => boolean, report: Report): void;
  /** Files that name fragments which could not be read. */
  incomplete(): boolean;
}

export function followUsage(): Usage {
  const defined = new Map<Span, { readonly kind: DefinedKind; readonly name: string; readonly span: Span }>();
  const used = new Set<Span>();
  const checks: { readonly id: string; readonly span: Span }[] = [];
  let incomplete = false;
  return {
    trace: {
      define(kind, name, span) {
        if (!defined.has(span)) defined.set(span, { kind, name, span });
      },
      use: span => void used.add(span),
      check: (id, span) => void checks.push({ id, span }),
      incomplete() {
        incomplete = true;
      },
    },
    isUsed: span => used.has(span),
    checks,
    reportUnused(isSound, report) {
      for (const definition of defined.values()) {
        if (!used.has(definition.span) && isSound(definition.span.file)) reportDefinition(definition, report);
      }
    },
    incomplete: () => incomplete,
  };
}

const wording: Readonly<
  Record<
    DefinedKind,
    { readonly code: string; readonly message: (name: string) => string; readonly suggestion: string }
  >
> = {
  name: {
    code: 'unused-name',
    message: name => `${name} is bound and never used`,
    suggestion: 'leave out $as, or compare with the name',
  },
  variable: { code: 'unused-variable', message: name => `${name} is never used`, suggestion: 'remove it' },
  parameter: {
    code: 'unused-parameter',
    message: name => `the fragment never uses its parameter ${name}`,
    suggestion: 'remove it',
  },
  client: {
    code: 'unused-client',
    message: name => `the client ${name} does nothing, and nobody names it`,
    suggestion: 'remove it',
  },
  mark: {
    code: 'unused-mark',
    message: name => `no step counts from the mark ${name}`,
    suggestion: 'remove it, or write since',
  },
  case: { code: 'unused-case-member', message: name => `the steps never use $(case.${name})`, suggestion: 'remove it' },
  step: {
    code: 'never-runs',
    message: name =>
      name === 'forEach' ? 'the list is always empty, so its steps never run' : 'the step never has a client',
    suggestion: 'remove the step',
  },
  branch: {
    code: 'never-runs',
    message: name => `no execution of this step is on ${name}`,
    suggestion: 'remove the branch',
  },
};

function reportDefinition(
  { kind, name, span }: { readonly kind: DefinedKind; readonly name: string; readonly span: Span },
  report: Report,
): void {
  const { code, message, suggestion } = wording[kind];
  report({ code, severity: 'warning', message: message(name), span, suggestion });
}

import type { Report } from '../../documents/shape.ts';
import type { ClientStep, Expectation } from '../plan.ts';

/** Nothing more is required (language, section 6, "may end"), before anything has come. */
function mayEndAtOnce(expectation: Expectation): boolean {
  switch (expectation.kind) {
    case 'item':
      return false;
    case 'inOrder':
    case 'anyOrder':
      return expectation.children.every(mayEndAtOnce);
    case 'oneOf':
      return expectation.children.some(mayEndAtOnce);
    case 'optional':
      return true;
    case 'repeat':
      return expectation.min === 0 || mayEndAtOnce(expectation.body);
  }
}

/** Steps that read less than they seem to. */
export function lintEnding({ expect, never, until }: ClientStep, report: Report): void {
  if (until || !expect) return;
  if (mayEndAtOnce(expect)) {
    report({
      code: 'ends-at-once',
      severity: 'warning',
      message: 'all that is expected is optional, so the step is done before anything comes',
      span: expect.span,
      suggestion: 'add until: barrier, or expect something that must come',
    });
  }
  for (const forbidden of never) {
    report({
      code: 'never-without-until',
      severity: 'warning',
      message: 'never covers only what comes before the last expected item',
      span: forbidden.span,
      suggestion: 'add until: barrier',
    });
  }
}

import { nearest } from '../../documents/nearest.ts';
import type { Span } from '../../foundation/span.ts';
import type { Report } from './suite-source.ts';

/** Reports a name that nobody knows, with the nearest one that is known. */
export function reportUnknown(
  report: Report,
  about: { code: string; what: string; name: string; span: Span; known: Iterable<string>; otherwise?: string },
): void {
  const known = [...new Set(about.known)];
  const near = nearest(about.name, known);
  const listed = known.length === 0 ? 'known: none' : known.length <= 12 ? `known: ${known.join(', ')}` : undefined;
  const suggestion = near === undefined ? (about.otherwise ?? listed) : `did you mean ${near}?`;
  report({
    code: about.code,
    severity: 'error',
    message: `expected a known ${about.what}, came ${about.name}`,
    span: about.span,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

import type { Span } from '../foundation/span.ts';
import type { LedgerSource, Requirement } from './file-types.ts';

/** Rows that every ledger has (language, section 10). A ledger that says more about one of them writes it itself. */
const rows = [
  { id: 'steps.done', text: 'The target does what a scenario needs before it can check anything.', section: '10' },
  {
    id: 'frames.valid',
    text: 'What the target sends is well encoded, fits the schema of its kind and is not too big.',
    section: '10',
  },
  { id: 'frames.unasked', text: 'The target sends nothing that it was not asked for.', section: '6' },
] as const;

export const builtInSource: LedgerSource = {
  id: 'antiphon',
  title: 'Antiphon scenario language, format 1',
  sections: ['6', '10'],
};

/** The span is that of the ledger: they stand nowhere in it. */
export function builtInRequirements(span: Span): readonly Requirement[] {
  return rows.map(({ id, text, section }) => ({
    id,
    level: 'must',
    text,
    source: { id: builtInSource.id, section },
    members: [],
    forbids: [],
    needs: [],
    interpretation: false,
    span,
  }));
}

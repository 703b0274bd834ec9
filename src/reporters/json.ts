import type { Results } from '../evidence/results.ts';
import { escapeUnseen } from './printable.ts';

/** results.json: the same bytes for the same results, whatever order their members were made in. What does not show is escaped. */
export function renderJson(results: Results): string {
  return visibleJson(ordered(results));
}

/** JSON for a person and for a machine: indented, with nothing in it that does not show. */
export function visibleJson(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  // A newline of the text is layout; anything else that does not show is in a string, where an escape says the same.
  const lines = text.split('\n').map(line => escapeUnseen(line, escapeOf));
  return `${lines.join('\n')}\n`;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries
      .sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
      .map(([name, member]) => [name, ordered(member)]),
  );
}

function rankOf(name: string): number {
  return rank.get(name) ?? rank.size;
}

// By UTF-16 unit, as JSON does.
function escapeOf(character: string): string {
  const units = character.split('').map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return units.join('');
}

// What comes first is what a reader looks for first. Names that are data (transports) follow in the order of their letters.
const order = `
  antiphon results tool startedAt seed target complete cut counts changed id check requirement level pack ledger
  scenario title case transport repetition verdict reason kind faultOf message requirementText text source
  interpretation excluded byTransport decidedBy decisions lenient absence atMs client mark startedAtMs durationMs span file
  line column endLine endColumn excerpt via at expected came nearest differences meanwhile lanes was is suites
  requirements transportDifferences values executions checks failures notes
`;
const rank = new Map(
  order
    .trim()
    .split(/\s+/)
    .map((name, k) => [name, k]),
);

import type { Results } from '../evidence/results.ts';
import { groupFailures } from './failures.ts';
import type { RenderOptions } from './options.ts';
import { printable } from './printable.ts';
import { counted, kindWords, labelOf } from './words.ts';

/** Annotations for GitHub Actions: one line for each failure, at the place in the scenario file. */
export function renderGithub(results: Results, options: RenderOptions): string {
  const lines = results.executions.flatMap(execution =>
    groupFailures(execution.failures).map(({ cause, consequences }) => {
      const { span } = cause;
      const label = labelOf(cause, consequences, options);
      const properties = {
        file: `${options.filePrefix ?? ''}${span.file}`,
        line: span.line,
        endLine: span.endLine,
        col: span.column,
        title: `${label}: ${cause.check} (${cause.level}), ${kindWords[cause.kind]}`,
      };
      const after =
        consequences.length > 0 ? ` Not testable because of it: ${counted(consequences.length, 'check')}.` : '';
      const message = `${cause.message}${after} [${execution.id}] ${cause.requirementText} (${cause.source})`;
      return `::${label === 'WARNING' ? 'warning' : 'error'} ${writeProperties(properties)}::${escapeMessage(message)}\n`;
    }),
  );
  return lines.join('');
}

function writeProperties(properties: Readonly<Record<string, string | number>>): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${escapeMessage(String(value)).replace(/:/g, '%3A').replace(/,/g, '%2C')}`)
    .join(',');
}

// The runner decodes these; all that is dangerous besides is written visibly.
function escapeMessage(text: string): string {
  return text
    .split('\n')
    .map(line => printable(line).replace(/%/g, '%25'))
    .join('%0A');
}

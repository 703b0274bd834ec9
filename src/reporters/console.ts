import type { Results } from '../evidence/results.ts';
import { renderFailures } from './failures.ts';
import type { RenderOptions } from './options.ts';
import { renderSummary } from './summary.ts';

/** Every failure with its explanation, then the summary. */
export function renderConsole(results: Results, options: RenderOptions): string {
  const failures = renderFailures(results, options);
  const summary = renderSummary(results, options);
  return failures === '' ? summary : `${failures}\n${'─'.repeat(options.width)}\n${summary}`;
}

import type { Results } from '../evidence/results.ts';
import { renderConsole } from './console.ts';
import { renderGithub } from './github.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import type { RenderOptions } from './options.ts';

export interface Reporter {
  readonly name: string;
  /** Of the file that it makes, without a dot. */
  readonly extension: string;
  /** Pure: the text depends on nothing but these two. */
  render(results: Results, options: RenderOptions): string;
}

/** The reporters that `--reporter name[=path]` knows. */
export const reporters: ReadonlyMap<string, Reporter> = new Map(
  [
    { name: 'console', extension: 'txt', render: renderConsole },
    { name: 'json', extension: 'json', render: renderJson },
    { name: 'junit', extension: 'xml', render: renderJunit },
    { name: 'github', extension: 'txt', render: renderGithub },
  ].map(reporter => [reporter.name, reporter]),
);

export const reporterNames: readonly string[] = [...reporters.keys()];

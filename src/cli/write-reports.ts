/** Reports of one run: in its folder, where `--reporter` wants them, and on standard output. */
import { extname, relative } from 'node:path';
import type { Results } from '../evidence/results.ts';
import type { RunDirectory } from '../evidence/run-directory.ts';
import { writeReport } from '../evidence/write-report.ts';
import { renderFailures } from '../reporters/failures.ts';
import type { RenderOptions } from '../reporters/options.ts';
import { reporters } from '../reporters/registry.ts';
import type { ReporterRequest } from './options/read-reporter.ts';
import type { Terminal } from './terminal.ts';
import { verdictLine } from './verdict-line.ts';

export interface ReportRequest {
  readonly results: Results;
  /** undefined: a log alone was judged, and its folder is not ours to write into. */
  readonly directory: RunDirectory | undefined;
  readonly reporters: readonly ReporterRequest[];
  readonly quiet: boolean;
  /** Before logical file names, in reports whose readers open the files; from the working folder. */
  readonly filePrefix: string;
  /** Stands in the name of each file, where several packs would write the same. */
  readonly fileSuffix?: string;
}

export function writeReports(request: ReportRequest, terminal: Terminal): void {
  const { results, directory, filePrefix } = request;
  const inFile = { width: fileCells, color: false, filePrefix };
  if (directory) writeRunFiles(results, directory);
  const onTerminal = request.reporters.filter(({ path }) => path === undefined);
  for (const { name, path } of request.reporters)
    if (path !== undefined) writeReport(suffixed(path, request.fileSuffix), render(name, results, inFile));
  for (const { name } of onTerminal)
    terminal.print(render(name, results, { ...optionsOf(request, terminal), filePrefix }));
  if (onTerminal.length === 0) terminal.print(consoleText(request, terminal));
}

/** results.json and junit.xml of a run, without what depends on where we are or when: the same log gives the same bytes. */
export function writeRunFiles(results: Results, { files }: RunDirectory): void {
  const options = { width: fileCells, color: false };
  writeReport(files.results, render('json', results, options));
  writeReport(files.junit, render('junit', results, options));
}

function consoleText(request: ReportRequest, terminal: Terminal): string {
  const { results, directory, quiet } = request;
  const options = optionsOf(request, terminal);
  if (!quiet) return render('console', results, options);
  const at = directory === undefined ? '' : `; reports: ${placeOf(directory)}`;
  return `${renderFailures(results, options)}${results.results}: ${verdictLine([results])}${at}\n`;
}

function optionsOf({ directory }: ReportRequest, { widthCells, color }: Terminal): RenderOptions {
  return { width: widthCells, color, ...(directory === undefined ? {} : { reportsAt: placeOf(directory) }) };
}

function placeOf({ path }: RunDirectory): string {
  return relative(process.cwd(), path) || '.';
}

function render(name: string, results: Results, options: RenderOptions): string {
  return reporters.get(name)!.render(results, options);
}

/** `out.xml` to `out-gradagenda.xml`. */
function suffixed(path: string, suffix: string | undefined): string {
  if (suffix === undefined) return path;
  const extension = extname(path);
  return `${path.slice(0, path.length - extension.length)}-${suffix}${extension}`;
}

const fileCells = 120;

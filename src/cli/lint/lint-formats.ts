import { counted, countProblems, type PlacedProblem, problemText } from '../problem-text.ts';
import type { Terminal } from '../terminal.ts';
import type { LintFormat } from './declare-lint.ts';

/** What was found, and in how much. */
export interface Linted {
  readonly problems: PlacedProblem[];
  files: number;
  packs: number;
}

/** Each ends with a newline. */
export const lintFormats: Readonly<Record<LintFormat, (linted: Linted, terminal: Pick<Terminal, 'color'>) => string>> =
  {
    text({ problems, files, packs }, { color }) {
      const texts = problems.map(problem => `${problemText(problem, color)}\n`);
      const found = problems.length === 0 ? 'no problems' : countProblems(problems.map(({ diagnostic }) => diagnostic));
      return [...texts, `${counted(files, 'file')} of ${counted(packs, 'pack')}: ${found}\n`].join('\n');
    },

    json({ problems, files, packs }) {
      const rows = problems.map(({ diagnostic, path }) => {
        const { span, code, severity, message, suggestion } = diagnostic;
        const { file, line, column, endLine, endColumn } = span;
        return { path: path ?? file, file, line, column, endLine, endColumn, severity, code, message, suggestion };
      });
      return `${JSON.stringify({ antiphon: 1, lint: rows, files, packs }, null, 2)}\n`;
    },

    /** Workflow commands of GitHub Actions: an annotation at the line of each problem. */
    github({ problems, files, packs }) {
      const lines = problems.map(({ diagnostic, path }) => {
        const { span, code, severity, message, suggestion } = diagnostic;
        const properties = {
          file: path ?? span.file,
          line: span.line,
          col: span.column,
          endLine: span.endLine,
          title: code,
        };
        const pairs = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
        const text = suggestion === undefined ? message : `${message}: ${suggestion}`;
        return `::${severity} ${pairs.join(',')}::${escapeMessage(text)}`;
      });
      const found = countProblems(problems.map(({ diagnostic }) => diagnostic));
      return `${[...lines, `${counted(files, 'file')} of ${counted(packs, 'pack')}: ${found}`].join('\n')}\n`;
    },
  };

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

import type { Document, Node, YAMLError } from 'yaml';
import type { Diagnostic } from '../foundation/diagnostic.ts';
import { tabProblem } from './find-tabs.ts';
import { locateTree } from './locate-tree.ts';
import type { Located } from './located.ts';
import { readPlain } from './read-plain.ts';
import { type SpanLocator, spanLocator } from './span-locator.ts';
import { syntaxProblems } from './syntax-problems.ts';
import { yamlLibrary } from './yaml-library.ts';

const largestFileBytes = 1024 * 1024;
/** Nobody reads more, and a broken file of 1 MB could have a million. */
const mostProblems = 200;

/** One YAML document as a tree, and what is wrong with it as YAML. */
export interface ReadDocument {
  /** Undefined if the text is no single YAML document, or too large to be expanded. */
  readonly root: Located | undefined;
  readonly diagnostics: Diagnostic[];
}

/** Reads YAML 1.2, core schema, one document (language, section 2). Never throws; `file` is the logical name that spans carry. */
export function readDocument(text: string, file: string): ReadDocument {
  const sizeBytes = Buffer.byteLength(text, 'utf8');
  if (sizeBytes > largestFileBytes)
    return refused(file, 'file-too-large', `a file has at most 1 MB, this one has ${sizeBytes} bytes`);
  const root = readPlain(text, file);
  return root ? { root, diagnostics: [] } : readWithLibrary(text, file);
}

/** All of YAML, and what is wrong with a text. Exported for tests: of plain text both readers make the same. */
export function readWithLibrary(text: string, file: string): ReadDocument {
  const locate = spanLocator(text, file);
  const directive = /^(?:[ \t]*(?:#.*)?\r?\n)*(%.*)/.exec(text);
  if (directive) {
    const start = directive[0].length - directive[1]!.length;
    const message = 'directives are not allowed: a file is YAML 1.2';
    return {
      root: undefined,
      diagnostics: [
        {
          code: 'directive',
          severity: 'error',
          message,
          span: locate(start, directive[0].length),
          suggestion: 'remove the line',
        },
      ],
    };
  }
  try {
    return readParsed(parse(text), text, locate);
  } catch {
    // The library composes by recursion: what is nested by the ten thousand ends the stack.
    return refused(file, 'too-deep', 'lists and maps are nested too deep to be read');
  }
}

function readParsed(document: Document, text: string, locate: SpanLocator): ReadDocument {
  const tab = tabProblem(text, locate);
  const errors: readonly YAMLError[] = [
    ...document.errors,
    ...document.warnings.filter(warning => warning.code === 'TAG_RESOLVE_FAILED'),
  ];
  const problems = syntaxProblems(errors, text, locate).filter(problem => problem.code !== 'tab' || !tab);
  const diagnostics = tab ? [tab, ...problems] : problems;
  // A tree made from broken syntax is a guess: problems found in it would be noise.
  if (document.errors.length > 0) return { root: undefined, diagnostics: inOrder(diagnostics) };
  const contents = document.contents as Node | null;
  if (contents === null) {
    const message = 'expected a document, but there is none';
    diagnostics.push({
      code: 'empty-file',
      severity: 'error',
      message,
      span: locate(0, 0),
      suggestion: 'begin with antiphon: 1',
    });
    return { root: undefined, diagnostics };
  }
  const root = locateTree(contents, text, locate, diagnostic => {
    if (diagnostics.length < mostProblems) diagnostics.push(diagnostic);
  });
  return { root, diagnostics: inOrder(diagnostics) };
}

/** Keys are compared here, not by the library: it does so pair by pair, which takes minutes for a map of 100,000 keys. */
const options = {
  version: '1.2',
  schema: 'core',
  merge: false,
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
} as const;

/** Broken text gives an error for every character, and nobody sees their stacks, which would take most of the time. */
function parse(text: string): Document {
  const { parseDocument } = yamlLibrary();
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return parseDocument(text, options);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** By place; at one place a problem is told once. */
function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort((a, b) => a.span.line - b.span.line || a.span.column - b.span.column);
  return sorted.filter((diagnostic, k) => {
    const before = sorted[k - 1];
    return (
      !before ||
      before.code !== diagnostic.code ||
      before.span.line !== diagnostic.span.line ||
      before.span.column !== diagnostic.span.column
    );
  });
}

function refused(file: string, code: string, message: string): ReadDocument {
  const span = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { root: undefined, diagnostics: [{ code, severity: 'error', message, span }] };
}

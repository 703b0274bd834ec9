import type { YAMLError } from 'yaml';
import type { Diagnostic } from '../foundation/diagnostic.ts';
import type { SpanLocator } from './span-locator.ts';

/** One broken quote can make every later line wrong: the first problems tell enough. */
const mostProblems = 20;

interface Wording {
  readonly code: string;
  readonly message: string;
  readonly suggestion?: string;
}

const syntax = 'yaml-syntax';

const wordings: Readonly<Record<string, Wording>> = {
  ALIAS_PROPS: {
    code: syntax,
    message: 'an alias cannot have an anchor or a tag of its own',
    suggestion: 'write the alias alone',
  },
  BAD_ALIAS: {
    code: syntax,
    message: 'this alias is no name of an anchor',
    suggestion: 'put text that begins with * in quotes',
  },
  BAD_DIRECTIVE: {
    code: 'directive',
    message: 'directives are not allowed: a file is YAML 1.2',
    suggestion: 'remove the line',
  },
  BAD_DQ_ESCAPE: {
    code: syntax,
    message: 'unknown escape in double quotes',
    suggestion: 'write \\\\ for a backslash, or use single quotes, where nothing is escaped',
  },
  BAD_INDENT: {
    code: syntax,
    message: 'this line is not indented like its neighbours',
    suggestion: 'align it with the keys or elements beside it',
  },
  BAD_PROP_ORDER: { code: syntax, message: 'an anchor must stand right before its value' },
  BAD_SCALAR_START: {
    code: syntax,
    message: 'plain text cannot begin with this character',
    suggestion: 'put the text in quotes',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    code: syntax,
    message: 'a second key in the same line',
    suggestion: 'put text that contains a colon and a blank in quotes, or write a map as { key: value }',
  },
  BLOCK_IN_FLOW: {
    code: syntax,
    message: 'a block of lines cannot stand inside { } or [ ]',
    suggestion: 'use { } and [ ] inside as well',
  },
  KEY_OVER_1024_CHARS: {
    code: syntax,
    message: 'a key is longer than 1024 characters',
    suggestion: 'check for a missing quote or colon',
  },
  MISSING_CHAR: {
    code: syntax,
    message: 'something that was opened is not closed',
    suggestion: 'check quotes, brackets, commas and colons here and above',
  },
  MULTILINE_IMPLICIT_KEY: {
    code: syntax,
    message: 'a key spans several lines',
    suggestion: 'check for a missing colon or quote in the line above',
  },
  MULTIPLE_ANCHORS: { code: syntax, message: 'a value has two anchors', suggestion: 'keep one' },
  MULTIPLE_DOCS: {
    code: 'several-documents',
    message: 'expected one document, came a second one',
    suggestion: 'put it in a file of its own and remove the line ---',
  },
  MULTIPLE_TAGS: {
    code: 'tag',
    message: 'tags are not allowed',
    suggestion: 'remove them, or put text that begins with ! in quotes',
  },
  TAG_RESOLVE_FAILED: {
    code: 'tag',
    message: 'tags are not allowed',
    suggestion: 'remove it, or put text that begins with ! in quotes',
  },
  RESOURCE_EXHAUSTION: { code: 'too-deep', message: 'lists and maps are nested too deep to be read' },
  TAB_AS_INDENT: { code: 'tab', message: 'a tab cannot indent', suggestion: 'use blanks' },
  UNEXPECTED_TOKEN: {
    code: syntax,
    message: 'this is not expected here',
    suggestion: 'check quotes, brackets, commas and indentation here and above',
  },
};

const unknownProblem: Wording = {
  code: syntax,
  message: 'this is not YAML',
  suggestion: 'check quotes, brackets and indentation here and above',
};

/** Language, section 3: what other tools write as `$` and `{path}`. */
const foreignReference: Wording = {
  code: syntax,
  message: 'a reference is not written with a dollar sign and braces',
  suggestion: 'write $(path)',
};

/** The library's errors in our wording. Its texts are not ours to keep stable, its codes are enough to be exact. */
export function syntaxProblems(errors: readonly YAMLError[], text: string, locate: SpanLocator): Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const error of errors) {
    const [start, end] = error.pos;
    const span = locate(start, Math.max(end, start + 1));
    // What else is wrong in a line mostly follows from the first problem in it.
    if (problems.some(before => before.span.line === span.line && before.code === syntax)) continue;
    problems.push({ ...wordingOf(error, text), severity: 'error', span });
    if (problems.length === mostProblems) break;
  }
  return problems;
}

function wordingOf(error: YAMLError, text: string): Wording {
  const start = error.pos[0];
  if (text[start] === '{' && text[start - 1] === '$') return foreignReference;
  // A bracket that is never closed is found missing at the end of the text.
  if (error.code === 'BAD_INDENT' && start >= text.trimEnd().length) return wordings.MISSING_CHAR!;
  return wordings[error.code] ?? unknownProblem;
}

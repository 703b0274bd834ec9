import type { Diagnostic } from '../foundation/diagnostic.ts';
import type { SpanLocator } from './span-locator.ts';
import { yamlLibrary } from './yaml-library.ts';

/** A tab between values looks like blanks and is not. Inside quotes, block text and comments it does no harm. */
export function tabProblem(text: string, locate: SpanLocator): Diagnostic | undefined {
  if (!text.includes('\t')) return undefined;
  const { Lexer } = yamlLibrary();
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (isMarker(lexeme)) continue;
    if (/^[ \t]+$/.test(lexeme) && lexeme.includes('\t')) {
      const start = offset + lexeme.indexOf('\t');
      const suggestion = 'use blanks; inside quotes write \\t';
      return {
        code: 'tab',
        severity: 'error',
        message: 'a tab stands between values',
        span: locate(start, start + 1),
        suggestion,
      };
    }
    offset += lexeme.length;
  }
  return undefined;
}

/** Signs that the lexer puts between lexemes; they have no place in the text. */
function isMarker(lexeme: string): boolean {
  return lexeme === '\u0002' || lexeme === '\u0018' || lexeme === '\u001f';
}

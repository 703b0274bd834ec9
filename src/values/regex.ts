/** Regular expressions of patterns: ECMAScript, flag `u`, unanchored; compiled once. */

/** More sources than a suite writes; texts inserted into them are without end. */
const keptRegexes = 1000;
const compiled = new Map<string, RegExp | undefined>();

/** Undefined if it does not compile: a text inserted into a class can make a range that runs backwards. */
export function compileRegex(source: string): RegExp | undefined {
  const known = compiled.get(source);
  if (known || compiled.has(source)) return known;
  const regex = regexProblem(source) === undefined ? new RegExp(source, 'u') : undefined;
  if (compiled.size >= keptRegexes) compiled.clear();
  compiled.set(source, regex);
  return regex;
}

/** Why a source does not compile, or undefined if it does. */
export function regexProblem(source: string): string | undefined {
  try {
    new RegExp(source, 'u');
    return undefined;
  } catch (thrown) {
    return (thrown as Error).message.replace(/^Invalid regular expression: .*: /s, '');
  }
}

/** The source that matches this text only, wherever in an expression it stands. */
export function escapeForRegex(text: string): string {
  return text.replace(/[\^$\\.*+?()[\]{}|/-]/g, character => `\\x${character.charCodeAt(0).toString(16)}`);
}

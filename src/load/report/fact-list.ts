/** Facts, one on each line: a list in Markdown, set in columns for who reads it as it is. */
export function factList(facts: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...facts.map(([name]) => name.length + 1));
  return facts.map(([name, text]) => `- ${`${name}:`.padEnd(width)} ${text}`);
}

/**
 * Writes the files that are made from the code: JSON Schemas of every file kind, a scenario schema for each bundled pack, the table
 * of lint codes in docs/lint.md, docs/proof.md from its data. With `--check` it writes nothing and fails if one of them is not up to
 * date.
 *
 *   npm run generate
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemaText } from '../dist/src/documents/document-schema.js';
import { loadResultsSchema } from '../dist/src/load/load-results-schema.js';
import { capacitySchema, sweepSchema } from '../dist/src/load/search-schemas.js';
import { bundledPacks, findPack } from '../dist/src/packs/find-pack.js';
import { loadPack } from '../dist/src/packs/load-pack.js';
import { publishedPackSchemas } from '../dist/src/packs/published-schemas.js';
import { lintCodes } from '../dist/src/scenario/lint/lint-codes.js';
import { packScenarioSchema } from '../dist/src/scenario/schema/pack-scenario-schema.js';
import { publishedSchemas } from '../dist/src/scenario/schema/published-schemas.js';
import { readProofs } from './proof/data.mjs';
import { proofPage } from './proof/page.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const files = new Map();

for (const [name, text] of publishedSchemas()) files.set(join(root, 'schemas', name), text);
for (const [name, schema] of Object.entries(publishedPackSchemas()))
  files.set(join(root, 'schemas', name), schemaText(schema));
files.set(join(root, 'schemas', 'load-results.schema.json'), schemaText(loadResultsSchema()));
files.set(join(root, 'schemas', 'capacity.schema.json'), schemaText(capacitySchema()));
files.set(join(root, 'schemas', 'sweep.schema.json'), schemaText(sweepSchema()));
for (const name of bundledPacks(root)) {
  const loaded = await loadPack(findPack(name, { root }));
  files.set(join(root, 'schemas', 'scenarios', `${name}.schema.json`), schemaText(packScenarioSchema(loaded)));
}
const lintPage = join(root, 'docs', 'lint.md');
if (existsSync(lintPage)) files.set(lintPage, withTable(readFileSync(lintPage, 'utf8')));
files.set(join(root, 'docs', 'proof.md'), proofPage(readProofs()));

const stale = [...files].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
const names = stale.map(([path]) => relative(root, path)).join(', ');
if (stale.length === 0) {
  process.stdout.write('generated files are up to date\n');
} else if (process.argv.includes('--check')) {
  process.stderr.write(`not up to date: ${names}. Run \`npm run generate\` and commit what it writes.\n`);
  process.exitCode = 1;
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  process.stdout.write(`written: ${names}\n`);
}

/** The table between the markers of docs/lint.md. */
function withTable(page) {
  const rows = Object.entries(lintCodes).map(([code, text]) => `| \`${code}\` | ${text} |`);
  const table = [
    '<!-- generated: lint-codes -->',
    '',
    '| code | what is wrong |',
    '| --- | --- |',
    ...rows,
    '',
    '<!-- end of lint-codes -->',
  ].join('\n');
  return page.replace(/<!-- generated: lint-codes -->(?:[\s\S]*<!-- end of lint-codes -->)?/, table);
}

/** reports/proof/<pack>/measured.json: on which day and with which versions each part was measured. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolName } from '../../dist/src/cli/tool-version.js';
import { loadSuite } from '../../dist/src/suites/load-suite.js';

export async function recordVersions(reports, pack, part) {
  const { files } = await loadSuite(pack);
  const measured = { ...readAll(reports, pack), [part]: { ...versionsNow(), digest: digestOf(files) } };
  mkdirSync(join(reports, 'proof', pack), { recursive: true });
  writeFileSync(pathOf(reports, pack), `${JSON.stringify(measured, null, 2)}\n`);
}

/** What was measured by a command of its own has no digest: which files it was measured with is not known. */
export function versionsOf(reports, pack, part) {
  return readAll(reports, pack)[part] ?? versionsNow();
}

function versionsNow() {
  return { on: new Date().toISOString().slice(0, 10), tool: toolName(), node: process.version };
}

/** Of every file of the suite. */
function digestOf(files) {
  const sorted = Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `sha256:${createHash('sha256').update(JSON.stringify(sorted)).digest('hex')}`;
}

function readAll(reports, pack) {
  const path = pathOf(reports, pack);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

function pathOf(reports, pack) {
  return join(reports, 'proof', pack, 'measured.json');
}

import { createHash } from 'node:crypto';
import { toolName } from '../../dist/src/cli/tool-version.js';
import { loadSuite } from '../../dist/src/suites/load-suite.js';

/** On which day, by which versions and with which files a pack is measured; asked for before it is, and written beside the figures. */
export async function measuredNow(pack) {
  const { files } = await loadSuite(pack);
  return {
    on: new Date().toISOString().slice(0, 10),
    tool: toolName(),
    node: process.version,
    digest: digestOf(files),
  };
}

/** Of every file of the suite. */
function digestOf(files) {
  const sorted = Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `sha256:${createHash('sha256').update(JSON.stringify(sorted)).digest('hex')}`;
}

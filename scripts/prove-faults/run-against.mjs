/** One run of a suite against the bundled server, which breaks or varies something; in a process of its own, by the real command. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainOverlay } from '../../dist/src/cli/plain-overlay.js';
import { toolName } from '../../dist/src/cli/tool-version.js';
import { runSuite } from '../../dist/src/conformance/run-suite.js';
import { openBundledTarget } from '../../dist/src/conformance/target/open-target.js';
import { packageRoot } from '../../dist/src/packs/find-pack.js';

/**
 * `change`: `[]`, `['--fault', name]` or `['--variant', name]`. Returns the results, and how often the server says that the change
 * made a difference.
 */
export async function runAgainst(suite, configuration, change, patienceUs) {
  let fired = 0;
  const target = await openTarget(suite, configuration, change, line => {
    const told = /^(?:fault|variant) \S+ fired (\d+) time/.exec(line);
    if (told) fired += Number(told[1]);
  });
  const reportsFolder = mkdtempSync(join(tmpdir(), 'antiphon-faults-'));
  try {
    const { results } = await runSuite({
      suite,
      target,
      reportsFolder,
      patienceUs,
      name: suite.pack,
      tool: toolName(),
      seed: 'faults',
      jobs: 16,
      repeat: 1,
      shuffle: false,
      filter: [],
      tags: [],
      signal: new AbortController().signal,
      given: {},
    });
    // It tells what fired when it ends.
    await target.stop();
    return { results, fired };
  } finally {
    await target.stop();
    rmSync(reportsFolder, { recursive: true, force: true });
  }
}

function openTarget(suite, configuration, change, onLine) {
  const main = join(packageRoot(), 'dist', 'src', 'cli', 'main.js');
  const options = ['--port', '0', '--quiet', '--parent', String(process.pid), ...change];
  return openBundledTarget({
    pack: suite.packFor(plainOverlay),
    command: [process.execPath, main, 'serve', suite.pack, ...options],
    configuration,
    accountMode: suite.accountModes.find(mode => mode !== 'list') ?? 'list',
    onLine,
  });
}

/**
 * The whole suite of a pack against a null server that stands in for the bundled one, in one configuration. Takes what to run as JSON
 * in its argument; prints how many executions ran, which passed, and the most memory held.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runSuite } from '../../dist/src/conformance/run-suite.js';
import { openBundledTarget } from '../../dist/src/conformance/target/open-target.js';
import { loadSuite } from '../../dist/src/suites/load-suite.js';

const { pack, configuration: wanted, behaviour, patienceUs } = JSON.parse(process.argv[2]);
const suite = await loadSuite(pack);
const configuration = suite.configurations.find(({ name }) => name === wanted);
const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const options = ['--port', '0', '--quiet', '--parent', String(process.pid), '--null', behaviour];
const target = await openBundledTarget({
  pack: suite.packFor({ limits: {}, timers: {}, values: {}, capabilities: {} }),
  command: [process.execPath, main, 'serve', suite.pack, ...options],
  configuration,
  accountMode: suite.accountModes.find(mode => mode !== 'list'),
});
const reportsFolder = mkdtempSync(join(tmpdir(), 'antiphon-null-'));
try {
  const { results } = await runSuite({
    suite,
    target,
    name: `${pack} ${configuration.name} ${behaviour}`,
    reportsFolder,
    tool: 'antiphon',
    seed: 'null',
    jobs: 32,
    repeat: 1,
    shuffle: false,
    filter: [],
    tags: [],
    patienceUs,
    signal: new AbortController().signal,
    given: {},
  });
  const ran = results.executions.filter(({ verdict }) => verdict !== 'not-applicable' && verdict !== 'not-run');
  const passed = ran.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id);
  const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(JSON.stringify({ executions: ran.length, passed, peakMemoryMb }));
} finally {
  await target.stop();
  rmSync(reportsFolder, { recursive: true, force: true });
}

/**
 * Shows what Antiphon does: every bundled suite on the bundled server, in each of its configurations but for the largest suite, then ten
 * seconds of load, one publisher and 500 subscribers.
 *
 *   npm start [-- what `antiphon test` takes]
 *
 * With arguments the suites run just as these say, once.
 * Needs a build. Ends with the exit code of what failed. A machine that is too slow or busy to measure on fails nothing: what the load
 * then says of itself is printed.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { exitCodes } from '../dist/src/cli/exit-codes.js';
import { bundledPacks } from '../dist/src/packs/find-pack.js';
import { loadSuite } from '../dist/src/suites/load-suite.js';

const root = join(import.meta.dirname, '..');

function antiphon(...args) {
  const { status } = spawnSync(process.execPath, [join(root, 'dist/src/cli/main.js'), ...args], { stdio: 'inherit' });
  return status ?? exitCodes.interrupted;
}

/** It takes as long as all others together in one of its configurations: the others are for `antiphon coverage`, and the tests. */
const largest = 'tinode';

/** What `antiphon test` takes, run by run: a plain run is in the first configuration of each pack, and then come the others. */
async function runsOf(given) {
  if (given.length > 0) return [given];
  const suites = await Promise.all(
    bundledPacks()
      .filter(pack => pack !== largest)
      .map(loadSuite),
  );
  const others = suites.flatMap(({ pack, configurations }) =>
    configurations.slice(1).map(({ name }) => [pack, '--configuration', name]),
  );
  return [[], ...others];
}

for (const run of await runsOf(process.argv.slice(2))) {
  const tested = antiphon('test', ...run);
  if (tested !== exitCodes.passed) process.exit(tested);
}
process.stdout.write('\nNow a load: one publisher, and 500 subscribers who must miss nothing for ten seconds.\n\n');
const loaded = antiphon('load', 'tinode-2017/workloads/fan-out.yaml', '--timeout', '30s');
process.exitCode = loaded === exitCodes.incomplete ? exitCodes.passed : loaded;

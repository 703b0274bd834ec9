/**
 * Shows what Antiphon does: every bundled suite on the bundled server, then ten seconds of load, one publisher and 500 subscribers.
 *
 *   npm start [-- what `antiphon test` takes]
 *
 * Needs a build. Ends with the exit code of what failed. A machine that is too slow or busy to measure on fails nothing: what the load
 * then says of itself is printed.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { exitCodes } from '../dist/src/cli/exit-codes.js';

const root = join(import.meta.dirname, '..');

function antiphon(...args) {
  const { status } = spawnSync(process.execPath, [join(root, 'dist/src/cli/main.js'), ...args], { stdio: 'inherit' });
  return status ?? exitCodes.interrupted;
}

const tested = antiphon('test', ...process.argv.slice(2));
if (tested !== exitCodes.passed) process.exit(tested);
process.stdout.write('\nNow a load: one publisher, and 500 subscribers who must miss nothing for ten seconds.\n\n');
const loaded = antiphon('load', 'tinode-2017/workloads/fan-out.yaml', '--timeout', '30s');
process.exitCode = loaded === exitCodes.incomplete ? exitCodes.passed : loaded;

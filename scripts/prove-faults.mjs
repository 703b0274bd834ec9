/**
 * Proves that each bundled suite can fail and does not cry wolf: runs it against the bundled server with every fault, which has to
 * turn exactly the requirements red that it names, and with every variant, on which all has to stay green.
 *
 *   npm run prove:faults [-- pack or topic…] [--fault name] [--variant name] [--configuration name]
 *                           [--timeout 700ms] [--servers 3] [--explain]
 *
 * Needs a build. Writes reports/proof/<pack>/faults.json, unless topics or names are chosen. Ends with exit code 1 if something is
 * not as it should be, with 2 if it was called wrongly.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ReferenceServerError, referenceProtocols } from '../dist/reference-server/index.js';
import { parseDurationUs } from '../dist/src/foundation/duration.js';
import { bundledPacks } from '../dist/src/packs/find-pack.js';
import { measuredNow } from './proof/measured-now.mjs';
import { proofText } from './prove-faults/proof-text.mjs';
import { provePack } from './prove-faults/prove-pack.mjs';

const { values: options, positionals: packs } = parseArgs({
  allowPositionals: true,
  options: {
    fault: { type: 'string', multiple: true, default: [] },
    variant: { type: 'string', multiple: true, default: [] },
    configuration: { type: 'string', multiple: true },
    timeout: { type: 'string', default: '700ms' },
    servers: { type: 'string', default: '3' },
    explain: { type: 'boolean', default: false },
    reports: { type: 'string', default: 'reports' },
  },
});

const patienceUs = parseDurationUs(options.timeout);
const servers = Number(options.servers);
if (patienceUs === undefined || !(servers >= 1)) {
  process.stderr.write(
    'Expected --timeout as a duration, such as 700ms, and --servers as a number from 1. Correct them.\n',
  );
  process.exit(2);
}
const chosen = options.fault.length + options.variant.length > 0;
const whole = !chosen && options.configuration === undefined;
const served = bundledPacks().filter(pack => referenceProtocols.includes(pack));
try {
  for (const pack of packs.length > 0 ? packs : served) {
    const { fault: faults, variant: variants } = options;
    const { configuration: configurations } = options;
    const measured = whole && served.includes(pack) ? await measuredNow(pack) : undefined;
    const proof = await provePack(pack, { ...(chosen && { faults, variants }), configurations, patienceUs, servers });
    if (measured) write(proof, measured);
    process.stdout.write(proofText(proof, { explain: options.explain }));
    if (!proof.holds) process.exitCode = 1;
  }
} catch (error) {
  if (error.faultOf !== 'usage' && !(error instanceof ReferenceServerError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

/** What explains a failure to a person stays out of the file. */
function write({ pack, configurations, plain, faults, variants }, measured) {
  const folder = join(options.reports, 'proof', pack);
  mkdirSync(folder, { recursive: true });
  const withoutWhy = ({ why: _, ...row }) => row;
  const rows = { plain: plain.map(withoutWhy), faults: faults.map(withoutWhy), variants: variants.map(withoutWhy) };
  const proof = { pack, measured, configurations, ...rows };
  writeFileSync(join(folder, 'faults.json'), `${JSON.stringify(proof, null, 2)}\n`);
}

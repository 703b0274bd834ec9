/**
 * Measures that the bundled suites can fail and do not cry wolf, and writes docs/proof.md with its data, docs/proof/<pack>.json.
 *
 *   npm run proof [-- pack…] [--part mutation|faults|null|stability] [--read] [--seeds 3] [--runs 20]
 *                       [--reports reports]
 *
 * --part   only this part, repeatable; the others stay as they were measured before
 * --read   measures nothing: takes what the parts left in reports/proof/<pack>/
 * --seeds  of the part mutation: so often each configuration is run
 * --runs   of the part stability, which adds them to those that it has
 *
 * Needs a build. Ends with exit code 1 if a figure is not what is asked, or is not there, with 2 if it was called wrongly.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { referenceProtocols } from '../dist/reference-server/index.js';
import { bundledPacks } from '../dist/src/packs/find-pack.js';
import { readProof, readProofs, writeProof } from './proof/data.mjs';
import { figuresOf } from './proof/figures.mjs';
import { proofPage } from './proof/page.mjs';
import { parts, root } from './proof/parts.mjs';
import { wholeNumber } from './proof/whole-number.mjs';

const { values: options, positionals: named } = parseArgs({
  allowPositionals: true,
  options: {
    part: { type: 'string', multiple: true, default: [] },
    read: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '3' },
    runs: { type: 'string', default: '20' },
    reports: { type: 'string', default: 'reports' },
  },
});
const unknown = options.part.find(name => !parts.some(part => part.name === name));
if (unknown !== undefined) {
  process.stderr.write(`Expected --part as one of ${parts.map(({ name }) => name).join(', ')}; got ${unknown}.\n`);
  process.exit(2);
}

const counts = { seeds: wholeNumber('seeds', options.seeds), runs: wholeNumber('runs', options.runs) };
const wanted = parts.filter(({ name }) => options.part.length === 0 || options.part.includes(name));
const packs = named.length > 0 ? named : bundledPacks().filter(pack => referenceProtocols.includes(pack));
for (const pack of packs) {
  for (const part of wanted) await take(pack, part);
  for (const { what, measured, asked, holds } of figuresOf(readProof(pack))) {
    process.stdout.write(`  ${holds ? 'as asked' : 'NOT SO  '}  ${what}: ${measured} (${asked})\n`);
    if (!holds) process.exitCode = 1;
  }
}
writeFileSync(join(root, 'docs', 'proof.md'), proofPage(readProofs()));

/** Measures a part, unless that was done before, and puts its figures into the data of the pack. */
async function take(pack, part) {
  const { reports, read } = options;
  process.stdout.write(`${pack}: ${part.name}\n`);
  if (!read && !(await part.measure(pack, { reports, ...counts }))) {
    process.stdout.write(`  ${part.name} could not be measured: its figures are those of before\n`);
    process.exitCode = 1;
    return;
  }
  const figures = await part.read(pack, options);
  if (figures) writeProof({ ...readProof(pack), [part.name]: figures });
}

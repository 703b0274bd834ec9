/** What a proof is made of. Each part is measured by a command of its own, and what it leaves below reports/ is read here. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSuite } from '../../dist/src/suites/load-suite.js';
import { measuredNow } from './measured-now.mjs';
import { mergeMutation } from './merge-mutation.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * name: as on the command line. measure: makes the files of a pack anew, so that one that fails leaves none. read: what of
 * them goes into docs/proof/<pack>.json; undefined if they are not there.
 */
export const parts = [
  {
    name: 'mutation',
    // What comes at once comes in another order each time, so that one run does not show every survivor.
    async measure(pack, { reports, seeds }) {
      const measured = await measuredNow(pack);
      const folder = join(folderOf(reports, pack), 'mutation');
      rmSync(folder, { recursive: true, force: true });
      const options = ['--configuration', 'all', '--quiet', '--reports', folder];
      const numbers = Array.from({ length: seeds }, (_, k) => k + 1);
      const args = ['dist/src/cli/main.js', 'prove', pack, ...options];
      if (!numbers.every(k => run([...args, '--seed', `proof ${k}`]))) return false;
      writeFileSync(join(folder, 'measured.json'), `${JSON.stringify(measured, null, 2)}\n`);
      return true;
    },
    read(pack, { reports }) {
      const folder = join(folderOf(reports, pack), 'mutation');
      const runs = existsSync(folder) ? readdirSync(folder).toSorted() : [];
      const proofs = runs.flatMap(name => readJson(join(folder, name, 'prove.json')) ?? []);
      if (proofs.length === 0) return undefined;
      return { measured: readJson(join(folder, 'measured.json')), ...mergeMutation(proofs) };
    },
  },
  {
    name: 'faults',
    measure(pack, { reports }) {
      rmSync(join(folderOf(reports, pack), 'faults.json'), { force: true });
      return run(['scripts/prove-faults.mjs', pack, '--reports', reports]);
    },
    async read(pack, { reports }) {
      const proof = readJson(join(folderOf(reports, pack), 'faults.json'));
      if (!proof) return undefined;
      const { measured, configurations, plain, faults, variants } = proof;
      return {
        measured,
        configurations,
        neverRed: neverRedOf((await loadSuite(pack)).ledger, faults),
        ...(plain && {
          plain: plain.map(row => countTroubles(pick(row, ['configuration', 'verdict', 'red', 'troubles']))),
        }),
        faults: faults.map(row => pick(row, ['name', 'configuration', 'fired', 'breaks', 'red', 'exact'])),
        variants: variants.map(row =>
          countTroubles(pick(row, ['name', 'configuration', 'fired', 'verdict', 'red', 'troubles'])),
        ),
      };
    },
  },
  {
    name: 'null',
    measure(pack, { reports }) {
      rmSync(join(folderOf(reports, pack), 'null.json'), { force: true });
      return run(['scripts/prove-null.mjs', pack, '--out', join(reports, 'proof')]);
    },
    read(pack, { reports }) {
      const proof = readJson(join(folderOf(reports, pack), 'null.json'));
      if (!proof) return undefined;
      const names = ['behaviour', 'configuration', 'executions', 'passed', 'ended', 'seconds', 'peakMemoryMb'];
      return { measured: proof.measured, servers: proof.servers.map(row => pick(row, names)) };
    },
  },
  {
    name: 'stability',
    // Adds to what was measured before: hundreds of runs take longer than anybody waits.
    measure: (pack, { reports, runs }) =>
      run(['scripts/prove-stability.mjs', pack, '--out', join(reports, 'proof'), '--runs', String(runs)]),
    read(pack, { reports }) {
      const { measured, runs, checks, configurations, differing, load } =
        readJson(join(folderOf(reports, pack), 'stability.json')) ?? {};
      return runs && { measured, runs, checks, configurations, differing, load };
    },
  },
];

/** Requirements that no fault turns red, by level: that they can fail is not shown. */
function neverRedOf({ requirements }, faults) {
  const red = new Set(faults.flatMap(fault => fault.red));
  const rows = requirements.filter(({ id, excluded }) => excluded === undefined && !red.has(id));
  const idsOf = wanted => rows.filter(({ level }) => level === wanted).map(({ id }) => id);
  return { must: idsOf('must'), should: idsOf('should'), may: idsOf('may') };
}

function countTroubles({ troubles, ...row }) {
  return { ...row, troubles: troubles.length };
}

function folderOf(reports, pack) {
  return join(reports, 'proof', pack);
}

/** A command that finds something wrong ends with 1, and has measured all the same. */
function run(args) {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  return status === 0 || status === 1;
}

function pick(row, names) {
  return Object.fromEntries(names.map(name => [name, row[name]]));
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

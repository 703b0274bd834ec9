/** docs/proof/<pack>.reasons.yaml: why survivors are left, written by hand. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './parts.mjs';

/** One row for what was changed how in which scenario. Throws where a reason fits nothing any more. */
export function reasonedSurvivors({ pack, mutation }, reasons = readReasons(pack)) {
  const used = new Set();
  const rows = mutation.survivors
    .flatMap(row => perScenario(pack, row))
    .map(row => {
      const reason = reasons.find(each => fits(each, row));
      used.add(reason);
      return { ...row, reason: reason?.reason };
    });
  const idle = reasons.filter(reason => !used.has(reason));
  if (idle.length === 0) return rows;
  const texts = idle.map(({ reason }) => `“${reason}”`).join(', ');
  throw new Error(
    `Expected reasons for survivors in docs/proof/${pack}.reasons.yaml, got some that fit none any more: ${texts}. Take them out.`,
  );
}

function perScenario(pack, { scenarios, places, ...row }) {
  return Object.entries(scenarios).map(([scenario, mutants]) => {
    const own = places.filter(place => place.startsWith(`${pack}/${scenario}.yaml:`));
    return { ...row, scenario, mutants, places: own.length > 0 ? own : places };
  });
}

function readReasons(pack) {
  const path = join(root, 'docs', 'proof', `${pack}.reasons.yaml`);
  return existsSync(path) ? (parse(readFileSync(path, 'utf8')) ?? []) : [];
}

/** What a reason says of a survivor has to be so; a list means any of it. */
function fits(reason, row) {
  return ['scenario', 'operator', 'kind', 'member', 'check'].every(
    name => !(name in reason) || [reason[name]].flat().includes(row[name]),
  );
}

/** docs/proof/<pack>.json: the figures of a pack, each part with the day and the versions it was measured with. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './parts.mjs';

const folder = join(root, 'docs', 'proof');

export function readProofs() {
  const names = readdirSync(folder).filter(name => name.endsWith('.json'));
  return names.toSorted().map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

export function readProof(pack) {
  const path = pathOf(pack);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { pack };
}

export function writeProof(proof) {
  writeFileSync(pathOf(proof.pack), proofText(proof));
}

/** Indented, but for rows of tables: each is a line, so that a difference shows what has changed. */
export function proofText(value, indent = '') {
  const inner = `${indent}  `;
  if (Array.isArray(value) && value.length > 0) {
    return `[\n${value.map(row => `${inner}${JSON.stringify(row)}`).join(',\n')}\n${indent}]${indent === '' ? '\n' : ''}`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => `${inner}${JSON.stringify(name)}: ${proofText(each, inner)}`);
  return `{\n${members.join(',\n')}\n${indent}}${indent === '' ? '\n' : ''}`;
}

function pathOf(pack) {
  return join(folder, `${pack}.json`);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../packs/find-pack.ts';

/** From our own package.json: `0.1.0`. */
export function toolVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}

/** As logs and reports name the tool: `antiphon 0.1.0`. */
export function toolName(): string {
  return `antiphon ${toolVersion()}`;
}

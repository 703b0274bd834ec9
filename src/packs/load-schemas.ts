import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AntiphonError } from '../foundation/errors.ts';
import { parseJson } from '../foundation/json.ts';
import type { FrameSchema } from './frame-validator.ts';
import { readTextFile } from './read-text-file.ts';

/** A schema with the text that its digest is made of. */
export interface SchemaFile extends FrameSchema {
  readonly text: string;
}

/** Reads every `*.schema.json` below the folder, in the order of their paths; none if it does not exist. Nothing is compiled. */
export function loadSchemas(folder: string): readonly SchemaFile[] {
  if (!existsSync(folder)) return [];
  return schemasBelow(folder, '').map(path => {
    const text = readTextFile(join(folder, path));
    const parsed = parseJson(text);
    if (!parsed.ok) {
      const what = `expected JSON in ${join(folder, path)}, but at character ${parsed.offset + 1}: ${parsed.message}`;
      throw new AntiphonError('scenario', 'schema-not-json', what);
    }
    return { path, text, schema: parsed.value };
  });
}

function schemasBelow(folder: string, prefix: string): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    if (entry.isDirectory()) found.push(...schemasBelow(folder, `${prefix}${entry.name}/`));
    else if (entry.name.endsWith('.schema.json')) found.push(`${prefix}${entry.name}`);
  }
  return found.sort();
}

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export type YamlLibrary = typeof import('yaml');

let library: YamlLibrary | undefined;

/** Loaded when a file needs it: plain files do without, and loading takes as long as reading fifty of them. */
export function yamlLibrary(): YamlLibrary {
  library ??= require('yaml') as YamlLibrary;
  return library;
}

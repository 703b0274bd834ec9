import { statSync } from 'node:fs';

/** false as well for what cannot be looked at, such as a path through a file: whoever then uses it is told why. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

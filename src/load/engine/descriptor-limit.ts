import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** So many files and connections a process may have open at once; undefined where nobody says. Node has raised it as far as it may. */
export function readDescriptorLimit(): number | undefined {
  const text = readText();
  const limit = Number(text);
  return text === undefined || !Number.isInteger(limit) ? undefined : limit;
}

/** Kept for what is not a connection: result files, modules, pipes. At the limit not even memory can be measured. */
export const spareDescriptors = 200;

function readText(): string | undefined {
  try {
    return /^Max open files\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  } catch {
    return askShell();
  }
}

function askShell(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { AntiphonError } from '../../foundation/errors.ts';
import { isObject, type Value } from '../../foundation/value.ts';
import type { SourceSupply } from '../../packs/file-types.ts';
import { fillTemplate } from '../../packs/template.ts';
import { endWithUs } from './end-with-us.ts';

const run = promisify(execFile);

/** Between two looks at a file or two runs of a command. */
const retryMs = 50;

/** Asks a source of the target for a fact, until it gives one or its time is over. Relative paths count from the folder. */
export async function askSource(name: string, supply: SourceSupply, parameters: Value, folder: string): Promise<Value> {
  if (supply.kind === 'fixed') return supply.value;
  const deadline = performance.now() + supply.withinUs / 1000;
  for (;;) {
    const text = await read(supply, parameters, folder);
    const found = text === undefined ? undefined : find(text, supply.pattern, parameters);
    if (found !== undefined) return found;
    if (performance.now() + retryMs > deadline) {
      const what = supply.kind === 'file' ? `file ${supply.path}` : `command ${supply.command.join(' ')}`;
      throw new AntiphonError(
        'target',
        'source-silent',
        `The source \`${name}\` was expected to give a value; its ${what} gave none${supply.pattern ? ` that matches ${supply.pattern}` : ''}`,
      );
    }
    await new Promise(wake => setTimeout(wake, retryMs));
  }
}

async function read(
  supply: Exclude<SourceSupply, { kind: 'fixed' }>,
  parameters: Value,
  folder: string,
): Promise<string | undefined> {
  try {
    if (supply.kind === 'file') return await readFile(resolve(folder, String(fill(supply.path, parameters))), 'utf8');
    const [file, ...args] = supply.command.map(part => String(fill(part, parameters)));
    const running = run(file!, args, { cwd: folder, timeout: supply.withinUs / 1000 });
    endWithUs(running.child);
    return (await running).stdout;
  } catch {
    return undefined;
  }
}

/** The first group of the last match, else the whole match; without a pattern the trimmed text. */
function find(text: string, pattern: string | undefined, parameters: Value): string | undefined {
  if (pattern === undefined) return text.trim() === '' ? undefined : text.trim();
  const escaped = isObject(parameters)
    ? Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [name, String(value).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')]),
      )
    : {};
  const found = [...text.matchAll(new RegExp(String(fillTemplate(pattern, escaped)), 'gmu'))].at(-1);
  return found && (found[1] ?? found[0]);
}

function fill(template: string, parameters: Value): Value {
  return isObject(parameters) ? fillTemplate(template, parameters) : template;
}

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * The floors of the house, the lowest first. A room imports only from rooms on lower floors; rooms on one floor are siblings and
 * never import each other. ARCHITECTURE.md says why.
 */
const floors: readonly (readonly string[])[] = [
  ['foundation'],
  ['documents', 'evidence'],
  ['values'],
  ['packs', 'transports'],
  ['scenario', 'clients'],
  ['drive', 'suites'],
  ['judging'],
  ['conformance', 'load', 'prove', 'reporters'],
  ['cli'],
];

/** Rooms inside the room of the language, with the same rule. Files directly in it lie below all of them. */
const scenarioFloors: readonly (readonly string[])[] = [['files'], ['schema', 'compile', 'interpret'], ['lint']];

const root = resolve(import.meta.dirname, '..');
const sources = join(root, 'src');

interface Import {
  readonly from: string;
  readonly to: string;
}

describe('the house', () => {
  const imports = importsBelow(sources);

  test('has a floor for every room', () => {
    const rooms = readdirSync(sources, { withFileTypes: true }).flatMap(entry =>
      entry.isDirectory() ? [entry.name] : [],
    );
    expect(rooms.filter(room => floorOf(floors, room) < 0)).toEqual([]);
  });

  test('imports only downwards', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [upper, lower] = [roomOf(from), roomOf(to)];
      if (upper === undefined || lower === undefined || upper === lower) return false;
      return floorOf(floors, lower) >= floorOf(floors, upper);
    });
    expect(wrong.map(text)).toEqual([]);
  });

  test('imports only downwards inside the language', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [upper, lower] = [innerRoomOf(from), innerRoomOf(to)];
      if (upper === undefined || lower === undefined || upper === lower) return false;
      return floorOf(scenarioFloors, lower) >= floorOf(scenarioFloors, upper);
    });
    expect(wrong.map(text)).toEqual([]);
  });

  test('keeps the reference server a building of its own', () => {
    const building = join(root, 'reference-server');
    const leaving = importsBelow(building).filter(({ to }) => !to.startsWith(building + sep));
    expect(leaving.map(text)).toEqual([]);
    const entering = imports.filter(({ to }) => to.startsWith(building + sep) && !to.endsWith(`${sep}index.ts`));
    expect(entering.map(text)).toEqual([]);
    expect(imports.filter(({ from, to }) => to.startsWith(building + sep) && roomOf(from) !== 'cli').map(text)).toEqual(
      [],
    );
  });

  test('keeps files small enough to be read', () => {
    const counts = [...filesBelow(sources), ...filesBelow(join(root, 'reference-server'))]
      .filter(file => !file.endsWith('.test.ts'))
      .map(file => ({ file: relative(root, file), lines: readFileSync(file, 'utf8').split('\n').length - 1 }));
    expect(counts.filter(({ lines }) => lines > 400)).toEqual([]);
    expect(counts.filter(({ lines }) => lines > 250).length).toBeLessThanOrEqual(counts.length / 10);
  });
});

function importsBelow(folder: string): readonly Import[] {
  return filesBelow(folder)
    .filter(file => !file.endsWith('.test.ts'))
    .flatMap(file => {
      const code = readFileSync(file, 'utf8');
      const specifiers = [...code.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(found => found[1]!);
      return specifiers.map(specifier => ({ from: file, to: resolve(dirname(file), specifier) }));
    });
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => join(entry.parentPath, entry.name));
}

function roomOf(file: string): string | undefined {
  const parts = relative(sources, file).split(sep);
  return parts[0] === '..' || parts.length < 2 ? undefined : parts[0];
}

function innerRoomOf(file: string): string | undefined {
  const parts = relative(join(sources, 'scenario'), file).split(sep);
  return parts[0] === '..' || parts.length < 2 ? undefined : parts[0];
}

function floorOf(order: readonly (readonly string[])[], room: string): number {
  return order.findIndex(floor => floor.includes(room));
}

function text({ from, to }: Import): string {
  return `${relative(root, from)} imports ${relative(root, to)}`;
}

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/**
 * Follows docs/add-a-protocol.md to the letter, as the comment at its top says: its files are made, its commands run, its edits
 * done, and what it shows must be what comes.
 */
const root = resolve(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/add-a-protocol.md'), 'utf8');
const pagePort = '7411';

interface Block {
  readonly kind: string;
  readonly about: string;
  readonly body: string;
  readonly line: number;
}

const blocks = blocksOf(page);

describe('docs/add-a-protocol.md', () => {
  let home = '';
  let folder = '';
  let port = '';
  let output = '';

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'antiphon-page-'));
    folder = join(home, 'tincan');
    mkdirSync(folder);
    mkdirSync(join(home, 'bin'));
    const command = join(home, 'bin', 'antiphon');
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/src/cli/main.js')}" "$@"\n`);
    chmodSync(command, 0o755);
    port = await freePort();
  });
  afterAll(() => rmSync(home, { recursive: true }));

  test('has blocks of every kind', () => {
    expect(new Set(blocks.map(({ kind }) => kind))).toEqual(new Set(['yaml', 'json', 'js', 'sh', 'text', 'diff']));
  });

  test.each(blocks.map(block => [`line ${block.line}: ${block.kind} ${block.about}`, block] as const))(
    '%s',
    (_, block) => {
      const body = block.body.replaceAll(pagePort, port);
      if (block.kind === 'sh') output = run(body, Number(/exit=(\d+)/.exec(block.about)?.[1] ?? 0));
      else if (block.kind === 'text') expectLines(output, body);
      else if (block.kind === 'diff') edit(join(folder, block.about), body);
      else write(join(folder, block.about), body);
    },
  );

  function run(command: string, exitCode: number): string {
    const path = `${join(home, 'bin')}${delimiter}${process.env.PATH}`;
    const done = spawnSync('sh', ['-c', command], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
    });
    expect(done.status, `${command}\n${done.stdout}${done.stderr}`).toBe(exitCode);
    return done.stdout;
  }
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function edit(path: string, changes: string): void {
  const before = readFileSync(path, 'utf8');
  const lines = changes.trimEnd().split('\n');
  let after = before;
  for (let k = 0; k < lines.length; k += 2) after = after.replace(lines[k]!.slice(1), () => lines[k + 1]!.slice(1));
  expect(after).not.toBe(before);
  writeFileSync(path, after);
}

/** Each line occurs, in this order; `…` stands for anything. */
function expectLines(output: string, wanted: string): void {
  const come = output.split('\n');
  let from = 0;
  for (const line of wanted.trimEnd().split('\n')) {
    if (line.trim() === '…' || line.trim() === '') continue;
    const pattern = new RegExp(line.trim().split('…').map(escaped).join('.*'));
    const at = come.findIndex((each, k) => k >= from && pattern.test(each));
    expect(at, `the page shows, in this place: ${line}\nwhat came:\n${output}`).toBeGreaterThanOrEqual(0);
    from = at + 1;
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ +/g, ' +');
}

function blocksOf(text: string): readonly Block[] {
  const found: Block[] = [];
  let open: { kind: string; about: string; line: number; lines: string[] } | undefined;
  for (const [k, line] of text.split('\n').entries()) {
    const fence = /^```(\S*) ?(.*)$/.exec(line);
    if (open && line === '```') {
      found.push({ ...open, body: `${open.lines.join('\n')}\n` });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (fence) open = { kind: fence[1]!, about: fence[2]!, line: k + 1, lines: [] };
  }
  return found;
}

function freePort(): Promise<string> {
  return new Promise(give => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => give(String(port)));
    });
  });
}

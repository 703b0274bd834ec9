import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLedgerFile } from '../../../src/packs/read-ledger-file.ts';
import { readPackFile } from '../../../src/packs/read-pack-file.ts';
import { readTargetFile } from '../../../src/packs/read-target-file.ts';
import { readLanguageFile } from '../../../src/scenario/files/read-file.ts';

/** The pages are true: their links lead somewhere, their examples are read without a complaint, their lists are complete. */
const root = resolve(import.meta.dirname, '../../..');
const pages = [
  ...[
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'bench/README.md',
    'reports/README.md',
    'reference-server/README.md',
  ],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md'))
    .map(name => join('docs', name)),
];

describe.each(pages)('%s', page => {
  const text = readFileSync(join(root, page), 'utf8');

  test('links to what is there', () => {
    const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(found => found[1]!)
      .filter(link => !/^[a-z]+:/.test(link));
    const dead = links.filter(link => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? join(root, page) : resolve(root, dirname(page), path);
      if (!existsSync(target)) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(readFileSync(target, 'utf8')).has(anchor);
    });
    expect(dead).toEqual([]);
  });

  test('has examples that can be read', () => {
    for (const { about, body } of yamlBlocks(text)) expect(complaints(about, body), body).toEqual([]);
  });

  test('tells nothing of one machine', () => {
    expect(text).not.toMatch(/\/home\/|\/root\/|\/tmp\/[a-z]/);
  });
});

test('docs/errors.md and the code list the same errors', () => {
  const codes = new Set<string>();
  for (const folder of ['src', 'reference-server']) {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter(
      name => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    );
    for (const file of files) {
      const code = readFileSync(join(root, folder, file), 'utf8');
      for (const found of code.matchAll(/new AntiphonError\(\s*(?:'\w+'|\w+),\s*'([a-z-]+)'/g)) codes.add(found[1]!);
    }
  }
  const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
  const listed = new Set([...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(found => found[1]!));
  expect([...codes].filter(code => !listed.has(code)).toSorted()).toEqual([]);
});

function complaints(about: string, body: string): readonly string[] {
  const read = readWrapped(about, body);
  return read.map(({ code, message }) => `${code}: ${message}`);
}

function readWrapped(about: string, body: string): readonly { readonly code: string; readonly message: string }[] {
  const head = 'antiphon: 1\nscenario: An example\nprotocol: tincan\n';
  const clients = 'clients: { ada: guest, bob: guest }\n';
  const indented = (indent: string) => body.replaceAll(/^/gm, indent);
  switch (about) {
    case 'steps':
      return readLanguageFile(`${head}${clients}steps:\n${indented('  ')}`, 'x.yaml').diagnostics;
    case 'expect':
      return readLanguageFile(`${head}${clients}steps:\n  - client: ada\n    expect:\n${indented('      ')}`, 'x.yaml')
        .diagnostics;
    case 'pattern':
      return readLanguageFile(
        `${head}${clients}steps:\n  - client: ada\n    expect:\n      frame:\n${indented('        ')}`,
        'x.yaml',
      ).diagnostics;
    case 'scenario':
      return readLanguageFile(`${head}${body}steps: [{ client: ada, until: barrier }]\n`, 'x.yaml').diagnostics;
    case 'in a pack':
      return readWhole(
        `antiphon: 1\npack: tincan\ntransports: { grpc: { kind: grpc, path: /tincan.Node/Talk } }\nkind: member\n${body}`,
      );
    case 'in a target':
      return readWhole(
        `antiphon: 1\ntarget: A server\nprotocol: tincan\nendpoints: { websocket: "ws://127.0.0.1:1" }\n${body}`,
      );
    default:
      return readWhole(body);
  }
}

function readWhole(body: string): readonly { readonly code: string; readonly message: string }[] {
  if (/^pack:/m.test(body)) return readPackFile(body, 'x.yaml').diagnostics;
  if (/^ledger:/m.test(body)) return readLedgerFile(body, 'x.yaml').diagnostics;
  if (/^target:/m.test(body))
    return readTargetFile(body, 'x.yaml', { env: namedIn(body, 'env'), vars: namedIn(body, 'vars') }).diagnostics;
  return readLanguageFile(body, 'x.yaml').diagnostics;
}

function yamlBlocks(text: string): readonly { readonly about: string; readonly body: string }[] {
  return [...text.matchAll(/^```yaml(?: ([^\n]*))?\n([\s\S]*?)^```$/gm)].map(found => ({
    about: found[1] ?? '',
    body: found[2]!,
  }));
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
}

/** Anchors as they are made of headings, and those that are written. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(found =>
    found[1]!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  const written = [...text.matchAll(/(?:id|name)="([^"]+)"/g)].map(found => found[1]!);
  return new Set([...headings, ...written]);
}

/** Every variable that a target names is set. */
function namedIn(body: string, root: 'env' | 'vars'): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...body.matchAll(new RegExp(`\\$\\(${root}\\.(\\w+)\\)`, 'g'))].map(found => [found[1]!, '1']),
  );
}

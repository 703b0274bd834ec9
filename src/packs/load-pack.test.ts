import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createPack } from './create-pack.ts';
import { bundledPacks, findPack, packageRoot } from './find-pack.ts';
import { loadPack } from './load-pack.ts';

const base = mkdtempSync(join(tmpdir(), 'antiphon-packs-'));
afterAll(() => rmSync(base, { recursive: true }));

const table = 'antiphon: 1\npack: chat\ntransports: { ws: { kind: websocket } }\nkind: /type\n';
const ledger =
  'antiphon: 1\nledger: A chat\nprotocol: chat\nsources: [ { id: spec, title: The document, sections: ["1"] } ]\nrequirements:\n- { id: a.b, level: must, text: It works., source: { id: spec, section: "1" } }\n';

/** Makes a folder of files and gives its path. */
function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(mkdtempSync(join(base, 'case-')), name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

const chat = folderOf('chat', {
  'pack.yaml': table,
  'requirements.yaml': ledger,
  'requirements/more.yaml': ledger.replace('a.b', 'a.c').replace(/sources.*\n/, ''),
  'message/order.yaml': 'antiphon: 1\nscenario: In order\n',
  'message/copies.yaml': '# a comment first\nantiphon: 1\n"scenario" : Copies\n',
  'direct/one.yaml': 'antiphon: 1\nscenario: One\n',
  'fragments/user.yaml': 'antiphon: 1\nfragment: A user\n',
  'fragments/more/user.yaml': 'antiphon: 1\nfragment: Another\n',
  'workloads/fan-out.yaml': 'antiphon: 1\nworkload: Many\n',
  'target.example.yaml': 'antiphon: 1\ntarget: Mine\n',
  'gate.yaml': 'antiphon: 1\npolicy: Gate\n',
  'notes.yaml': 'hello: world\n',
  '.hidden/x.yaml': 'antiphon: 1\nscenario: Not this\n',
  'schemas/received/hi.schema.json': '{"type":"object"}',
});

test('a folder with a pack.yaml is a pack, and its files are told apart by what they say they are', async () => {
  const { folder, schemas, diagnostics, digests } = await loadPack(findPack(chat));
  const names = (files: readonly { readonly file: string }[]) => files.map(({ file }) => file);
  expect(names(folder.scenarios)).toEqual([
    'chat/direct/one.yaml',
    'chat/message/copies.yaml',
    'chat/message/order.yaml',
  ]);
  expect([...folder.fragments].map(([name, { file }]) => `${name}: ${file}`)).toEqual([
    'more/user: chat/fragments/more/user.yaml',
    'user: chat/fragments/user.yaml',
  ]);
  expect(names(folder.workloads)).toEqual(['chat/workloads/fan-out.yaml']);
  expect(names(folder.targets)).toEqual(['chat/target.example.yaml']);
  expect(names(folder.policies)).toEqual(['chat/gate.yaml']);
  expect(names(folder.ledgers)).toEqual(['chat/requirements.yaml', 'chat/requirements/more.yaml']);
  expect(names(folder.others)).toEqual(['chat/notes.yaml']);
  expect(schemas.map(({ path }) => path)).toEqual(['received/hi.schema.json']);
  expect(diagnostics).toEqual([]);
  expect(Object.keys(digests)).toHaveLength(12);
});

test.each([
  ['.', '', 3],
  ['pack.yaml', '', 3],
  ['message', 'message', 2],
  ['message/order.yaml', 'message/order.yaml', 1],
])('from %s the pack is found above, and %j selects in it', async (path, within, selected) => {
  const location = findPack(path, { from: chat });
  expect(location).toMatchObject({ name: 'chat', folder: chat, within, bundled: false });
  expect((await loadPack(location)).folder.selected).toHaveLength(selected);
});

test('a bundled pack is known by its name, and its scenarios by theirs', () => {
  const root = packageRoot();
  expect(bundledPacks()).toContain('gradagenda');
  const schemaFolder = join(root, 'schemas/frames/gradagenda');
  expect(findPack('gradagenda', { from: base })).toEqual({
    name: 'gradagenda',
    folder: join(root, 'scenarios/gradagenda'),
    schemaFolder,
    bundled: true,
    within: '',
  });
  expect(findPack('gradagenda/message', { from: base })).toMatchObject({ bundled: true, within: 'message' });
});

test('what is no pack is told with the places that were looked at', () => {
  const root = folderOf('root', { 'scenarios/chat/pack.yaml': table });
  const hint = 'did you mean chat?';
  expect(() => findPack('chatt', { from: base, root })).toThrow(
    `expected a pack, a scenario file or a topic folder called chatt, found neither ${root}/scenarios/chatt nor ${base}/chatt: ${hint}`,
  );
  expect(() => findPack('.', { from: base, root })).toThrow(
    `called ., found ${base}, with no pack.yaml in it or above it: bundled packs: chat`,
  );
});

test('a digest changes with the table, the ledger and the schemas, and with nothing else', async () => {
  const files = { 'pack.yaml': table, 'requirements.yaml': ledger, 'schemas/received/hi.schema.json': '{}' };
  const digest = async (more: Readonly<Record<string, string>>) =>
    (await loadPack(findPack(folderOf('chat', { ...files, ...more })))).digest;
  const plain = await digest({});
  expect(plain).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(await digest({ 'order.yaml': 'antiphon: 1\nscenario: In order\n' })).toBe(plain);
  for (const [file, text] of Object.entries(files)) expect(await digest({ [file]: `${text} ` })).not.toBe(plain);
});

test('names that another file must have are looked up there', async () => {
  const { diagnostics } = await loadPack(
    findPack(
      folderOf('talk', {
        'pack.yaml': `${table}capabilities: [voice]\nunordered: [[hi, hu]]\nactors: { user: { run: usr } }\ncode: ./pack.mjs\n`,
        'fragments/user.yaml': 'antiphon: 1\nfragment: A user\n',
        'requirements.yaml': ledger
          .replace(
            'level: must',
            'level: must, needs: ["!voices"], members: [ { kind: ho, at: /a } ], forbids: [ { kind: he, at: /b } ]',
          )
          .replace('protocol: chat', 'protocol: talk'),
        'more.yaml': ledger,
        'schemas/received/hi.schema.json': '{}',
      }),
    ),
  );
  expect(
    diagnostics.map(({ code, message, suggestion }) => `${code}: ${message}${suggestion ? ` (${suggestion})` : ''}`),
  ).toEqual([
    'second-ledger: expected one ledger, talk/requirements.yaml, came talk/more.yaml too (make one file of them, or move it to requirements/)',
    'pack-name: expected the name of the folder, talk, came chat (rename one of them)',
    'code-missing: expected the module ./pack.mjs beside talk/pack.yaml, came none',
    'unknown-fragment: expected a fragment for the actor user, came usr (did you mean user?)',
    'unknown-kind: expected a kind that has a schema under unordered, came hu (did you mean hi?)',
    'unknown-protocol: expected the protocol chat, came talk',
    'unknown-capability: expected a capability of the pack for a.b, came voices (did you mean voice?)',
    'unknown-kind: expected a kind that has a schema for a.b, came ho (did you mean hi?)',
    'unknown-kind: expected a kind that has a schema for a.b, came he (did you mean hi?)',
  ]);
});

const code = `
export const operators = { $mode: (letters, value) => [...letters].every(letter => value.includes(letter)) };
export const codecs = { pairs: {
  decode(text) { if (!text.includes('=')) throw new Error('no ='); return Object.fromEntries([text.split('=')]); },
  encode: frame => Object.entries(frame).map(pair => pair.join('=')).join(),
} };`;

test('a module beside pack.yaml adds operators and codecs', async () => {
  const own =
    'antiphon: 1\npack: chat\ntransports: { lines: { kind: lines, codec: pairs } }\nkind: [ { name: writer, when: { mode: { $mode: W } } } ]\ncode: ./pack.mjs\n';
  const loaded = await loadPack(
    findPack(folderOf('chat', { 'pack.yaml': own, 'requirements.yaml': ledger, 'pack.mjs': code })),
  );
  expect(loaded.diagnostics).toEqual([]);
  const pack = createPack(loaded.packFile!, loaded.schemas, loaded.digest, undefined, loaded.code);
  expect(pack.encode('lines', { mode: 'RW' }, 1).text).toBe('mode=RW');
  expect(pack.decode('lines', { text: 'mode=RW', sizeBytes: 7 })).toMatchObject({ ok: true, frames: [{ mode: 'RW' }] });
  expect(pack.decode('lines', { text: 'mode', sizeBytes: 4 }).violations).toEqual([
    { code: 'encoding', at: '', message: 'expected what the codec pairs reads: no =' },
  ]);
  expect([pack.kindOf({ mode: 'RW' }), pack.kindOf({ mode: 'R' })]).toEqual(['writer', undefined]);
});

test.each([
  [
    'export const operators = { mode: () => true };',
    /expected a function whose name begins with \$ as operators\.mode of .*pack\.mjs/,
  ],
  ['export const codecs = { pairs: {} };', /expected an object with decode and encode as codecs\.pairs of .*pack\.mjs/],
  ['throw new Error("oh");', /expected a module that can be imported, came .*pack\.mjs: oh/],
])('code that is not as it must be: %s', async (text, message) => {
  const folder = folderOf('chat', { 'pack.yaml': `${table}code: ./pack.mjs\n`, 'pack.mjs': text });
  await expect(loadPack(findPack(folder))).rejects.toThrow(message);
});

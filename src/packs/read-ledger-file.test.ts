import { expect, test } from 'vitest';
import { readLedgerFile, readLedgerFiles } from './read-ledger-file.ts';

const head =
  'antiphon: 1\nledger: A chat\nprotocol: chat\nsources: [ { id: spec, title: The document, sections: ["1", "2.1"] } ]\nrequirements:\n';
const row = '- { id: size.limit, level: must, text: It has a limit., source: { id: spec, section: "1" } }\n';

function problems(rows: string) {
  const { ledger, diagnostics } = readLedgerFile(head + rows, 'chat/requirements.yaml');
  expect(ledger === undefined).toBe(diagnostics.length > 0);
  return diagnostics.map(
    ({ code, message, suggestion, span }) => `${span.line}: ${code}: ${message}${suggestion ? ` (${suggestion})` : ''}`,
  );
}

test('a row has all that is known of a requirement', () => {
  const full =
    '- { id: old.way, level: should, text: It was so., source: { id: spec, section: "2.1" }, members: [ { kind: hi, at: /ver } ], forbids: [ { kind: hi, at: /pub/secret } ], since: "0.20", until: "0.25", needs: [voice], interpretation: true, excluded: nobody does it }\n';
  const { ledger } = readLedgerFile(head + row + full, 'chat/requirements.yaml');
  expect(ledger).toMatchObject({ title: 'A chat', protocol: 'chat', file: 'chat/requirements.yaml' });
  expect(ledger?.byId.get('old.way')).toMatchObject({
    level: 'should',
    source: { id: 'spec', section: '2.1' },
    members: [{ kind: 'hi', at: '/ver' }],
    forbids: [{ kind: 'hi', at: '/pub/secret' }],
    since: '0.20',
    until: '0.25',
    needs: ['voice'],
    interpretation: true,
    excluded: 'nobody does it',
  });
  expect(ledger?.byId.get('size.limit')).toMatchObject({
    members: [],
    forbids: [],
    needs: [],
    interpretation: false,
    span: { line: 6 },
  });
});

test('every ledger has the rows of the language, unless it words them itself', () => {
  const own = '- { id: frames.valid, level: should, text: Frames are fine., source: { id: spec, section: "1" } }\n';
  const { ledger } = readLedgerFile(head + own, 'chat/requirements.yaml');
  expect(ledger?.requirements.map(({ id, level, source }) => `${id} ${level} ${source.id}`)).toEqual([
    'frames.valid should spec',
    'steps.done must antiphon',
    'frames.unasked must antiphon',
  ]);
  expect(ledger?.sources.map(({ id }) => id)).toEqual(['spec', 'antiphon']);
});

test.each([
  [
    '- { id: size, level: must, text: abc, source: { id: spec, section: "1" } }',
    ['6: wrong-type: expected an id such as direct.id-never-changes, came the text "size"'],
  ],
  [
    row + row,
    [
      '7: duplicate-requirement: the requirement size.limit stands twice, first in line 6 (remove one of them, or give it another id)',
    ],
  ],
  [row.replace('must', 'shall'), ['6: wrong-type: expected must, should or may, came the text "shall"']],
  [
    row.replace('id: spec', 'id: spek'),
    ['6: unknown-source: expected one of the sources spec, came spek (did you mean spec?)'],
  ],
  [
    row.replace('"1"', '"2"'),
    ['6: unknown-section: expected a section of the source spec, came "2" (did you mean 1?)'],
  ],
  [row.replace('"1"', '1'), ['6: wrong-type: expected a section, as text, came the number 1 (put it in quotes: "1")']],
  [
    row.replace('level', 'levle'),
    [
      '6: unknown-key: unknown key "levle" in a requirement (did you mean level?)',
      '6: missing-key: a requirement needs the key level (add level: must, should or may)',
    ],
  ],
])('%s', (rows, expected) => {
  expect(problems(rows)).toEqual(expected);
});

test('parts of a ledger share its sources, and no id stands twice in them', () => {
  const part = 'antiphon: 1\nledger: More of it\nprotocol: chat\nrequirements:\n';
  const more = (rows: string, protocol = 'chat') => ({
    text: part.replace('protocol: chat', `protocol: ${protocol}`) + rows,
    file: 'chat/requirements/more.yaml',
  });
  const main = { text: head + row, file: 'chat/requirements.yaml' };
  const other = row.replace('size.limit', 'size.least');
  const { ledger, diagnostics } = readLedgerFiles([main, more(other)]);
  expect(diagnostics).toEqual([]);
  expect(ledger).toMatchObject({ title: 'A chat', file: 'chat/requirements.yaml' });
  expect([...ledger!.byId.keys()].slice(0, 2)).toEqual(['size.limit', 'size.least']);
  expect(ledger!.byId.get('size.least')!.span.file).toBe('chat/requirements/more.yaml');
  const problemsOf = (rows: string, protocol?: string) =>
    readLedgerFiles([main, more(rows, protocol)]).diagnostics.map(({ code, message }) => `${code}: ${message}`);
  expect(problemsOf(row)).toEqual([
    'duplicate-requirement: the requirement size.limit stands twice, first in chat/requirements.yaml, line 6',
  ]);
  expect(problemsOf(other, 'talk')).toEqual([
    'unknown-protocol: expected the protocol chat, as in chat/requirements.yaml, came talk',
  ]);
  expect(readLedgerFile(part + row, 'chat/requirements.yaml').diagnostics.map(({ code }) => code)).toEqual([
    'missing-key',
  ]);
});

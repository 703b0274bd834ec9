import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPack } from '../find-pack.ts';
import { noCode } from '../pack-code.ts';
import { readPackFile } from '../read-pack-file.ts';
import { loadProto } from './load-proto.ts';

const proto = loadProto(join(findPack('tinode').protoFolder, 'tinode.proto'));

function read(path: string, table: string) {
  const transports = `transports: { g: { kind: grpc, path: ${path} } }\nkind: member\n`;
  const text = `antiphon: 1\npack: chat\n${transports}${table}`;
  const { packFile, diagnostics } = readPackFile(text, 'chat/pack.yaml', { ...noCode, proto });
  return { packFile, told: diagnostics.map(({ code, message, suggestion }) => `${code}: ${message} (${suggestion})`) };
}

test('the fields of messages have a form: a pointer, an encoding, or both', () => {
  const fields = '{ ClientHi: { user_agent: /ua, ver: { as: plain } }, ClientGet: { query: "" } }';
  const { packFile, told } = read('/pbx.Node/MessageLoop', `protobuf: { file: tinode.proto, fields: ${fields} }`);
  expect(told).toEqual([]);
  expect(packFile?.transports).toMatchObject([{ kind: 'grpc', codec: 'protobuf', message: true }]);
  expect(packFile?.fieldForms).toEqual(
    new Map([
      ['ClientHi', new Map<string, unknown>(Object.entries({ user_agent: { at: ['ua'] }, ver: { as: 'plain' } }))],
      ['ClientGet', new Map([['query', { at: [] }]])],
    ]),
  );
});

test.for<[string, string, string]>([
  [
    '/pbx.Node/Loop',
    '{ file: tinode.proto }',
    'unknown-method: expected a method that the pack has, came /pbx.Node/Loop',
  ],
  [
    '/pbx.Node/MessageLoop',
    '{ file: a.proto, fields: { ClientHay: {} } }',
    'unknown-message: expected a message that the pack has, came ClientHay (did you mean ClientHi?)',
  ],
  [
    '/pbx.Node/MessageLoop',
    '{ file: a.proto, fields: { ClientHi: { verr: /v } } }',
    'unknown-field: expected a field that the pack has, came verr (did you mean ver?)',
  ],
  ['/pbx.Node/MessageLoop', '{ file: a.txt }', 'wrong-type: expected the name of a .proto file'],
])('%s with %s is wrong', ([path, table, message]) => {
  const { told } = read(path, `protobuf: ${table}`);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(message);
});

test('a transport with protobuf messages needs a schema', () => {
  expect(read('/a/b', '').told).toEqual([
    'proto-missing: the transport g has protobuf messages, but the pack has no schema for them (add protobuf: { file: name.proto })',
  ]);
});

test('a schema that cannot be read, or has what no pack can use, is told', () => {
  expect(() => loadProto('/nowhere/a.proto')).toThrow('expected a protobuf schema, came /nowhere/a.proto');
});

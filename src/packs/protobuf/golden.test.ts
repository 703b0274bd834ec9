import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseJson, writeJson } from '../../foundation/json.ts';
import { isArray, type Value, type ValueObject } from '../../foundation/value.ts';
import type { BytesCodec } from '../codecs.ts';
import { findPack } from '../find-pack.ts';
import { loadPack } from '../load-pack.ts';
import { protobufCodec } from './protobuf-codec.ts';

/** Written by protoc from the text beside them; the frames were written by hand. */
interface Golden {
  readonly what: string;
  readonly method: string;
  readonly side: 'request' | 'response';
  readonly base64: string;
  readonly frame: Value;
}

const { packFile, code } = await loadPack(findPack('tinode'));
const parsed = parseJson(readFileSync(join(import.meta.dirname, '../../../test/golden/tinode-messages.json'), 'utf8'));
const golden = (parsed.ok && isArray(parsed.value) ? parsed.value : []) as readonly (ValueObject & Golden)[];

/** Reads and writes the one side of a method. */
function codecsOf({ method, side }: Golden): { readonly reading: BytesCodec; readonly writing: BytesCodec } {
  const { request, response } = code.proto!.methods.get(method)!;
  const client = protobufCodec(code.proto!, packFile!.fieldForms, { request, response });
  const server = protobufCodec(code.proto!, packFile!.fieldForms, { request: response, response: request });
  return side === 'request' ? { reading: server, writing: client } : { reading: client, writing: server };
}

test.for(golden)('$what: $method', each => {
  const { reading, writing } = codecsOf(each);
  const bytes = Buffer.from(each.base64, 'base64');
  expect(reading.decode(bytes)).toEqual({ ok: true, frame: each.frame, violations: [] });
  expect(Buffer.from(writing.encode(each.frame)).toString('base64')).toBe(each.base64);
});

test('they set every field of every message but Unused', () => {
  const { messages, methods } = code.proto!;
  expect(new Set(golden.map(({ method }) => method))).toEqual(new Set(methods.keys()));
  const known = golden.map(({ frame }) => writeJson(frame)).join('');
  const forms = packFile!.fieldForms;
  const missing = [...messages].flatMap(([name, { name: short, fields }]) =>
    name.split('.').length > 2
      ? []
      : [...fields.keys()].filter(field => {
          const at = forms.get(short)?.get(field)?.at ?? [field];
          return at.length > 0 && !known.includes(`"${at.at(-1)}":`);
        }),
  );
  expect(missing).toEqual([]);
});

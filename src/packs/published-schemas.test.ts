import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from './find-pack.ts';
import { publishedPackSchemas } from './published-schemas.ts';

const root = packageRoot();

test.each(Object.entries(publishedPackSchemas()))('schemas/%s is what the reader asks for', (file, schema) => {
  expect(JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8'))).toEqual(schema);
});

test.each([
  ['pack.schema.json', 'pack.yaml'],
  ['ledger.schema.json', 'requirements.yaml'],
  ['target.schema.json', 'target.example.yaml'],
])('%s takes the bundled %s, and nothing else beside it', (schema, file) => {
  const validate = new Ajv2020({ strictTypes: false, strictRequired: false }).compile(
    publishedPackSchemas()[schema] as object,
  );
  const content = parse(readFileSync(join(root, 'scenarios/gradagenda', file), 'utf8')) as object;
  validate(content);
  expect(validate.errors).toBeNull();
  expect(validate({ ...content, extra: 1 })).toBe(false);
});

test('in a target any scalar may be a reference', () => {
  const validate = new Ajv2020({ strictTypes: false, strictRequired: false }).compile(
    publishedPackSchemas()['target.schema.json'] as object,
  );
  const target = {
    antiphon: 1,
    target: 'A server',
    protocol: 'chat',
    endpoints: { lines: '$(vars.host):6969' },
    start: { command: ['$(env.JAR)'], ready: { within: '$(vars.patience)' } },
    accounts: { mode: '$(vars.mode)' },
    limits: { connections: '$(vars.connections)' },
    capabilities: { voice: '$(vars.voice)' },
  };
  validate(target);
  expect(validate.errors).toBeNull();
  expect(validate({ ...target, limits: { connections: 'many' } })).toBe(false);
  expect(validate({ ...target, antiphon: '$(vars.format)' })).toBe(false);
});

import { expect, it } from 'vitest';
import { readFrame } from './requests.ts';

it('reads a request, and what is beside it', () => {
  expect(readFrame('{"get":{"id":"1","topic":"me","what":"desc"},"extra":{"obo":"usr1"}}')).toEqual({
    request: { kind: 'get', body: { id: '1', topic: 'me', what: 'desc' } },
    extra: { obo: 'usr1' },
  });
});

it('takes names in any case, and passes over what it does not know, and null', () => {
  expect(readFrame('{"GET":{"Id":"1","TOPIC":null,"what":"desc","more":[5]},"foo":1}')?.request).toEqual({
    kind: 'get',
    body: { id: '1', what: 'desc' },
  });
});

it('serves the first of several by precedence', () => {
  expect(readFrame('{"hi":{},"note":{},"sub":{"topic":"me"}}')?.request).toEqual({
    kind: 'sub',
    body: { topic: 'me' },
  });
});

it.each(['{}', '{"foo":{}}', 'null-member', '{"hi":null}'])('finds no request in %s', text => {
  expect(readFrame(text)?.request).toBeUndefined();
});

it.each([
  'nope',
  '',
  'null',
  '[]',
  '5',
  '{"hi":5}',
  '{"hi":[]}',
  '{"hi":{"id":5}}',
  '{"hi":{"bkg":"yes"}}',
  '{"get":{"data":{"limit":1.5}}}',
  '{"get":{"desc":{"ims":"yesterday"}}}',
  '{"get":{"desc":{"ims":"2026-13-01T00:00:00Z"}}}',
  '{"set":{"tags":"word"}}',
  '{"set":{"tags":[5]}}',
  '{"set":{"aux":[]}}',
  '{"del":{"delseq":[5]}}',
  '{"login":{"secret":"YTpi YQ=="}}',
  '{"login":{"secret":"YTpiYg"}}',
  '{"login":{"secret":"a-_="}}',
  '{"hi":{}}{"hi":{}}',
  `{"pub":{"content":${'['.repeat(2000)}${']'.repeat(2000)}}}`,
])('finds %s malformed', text => {
  expect(readFrame(text)).toBeUndefined();
});

it('reads what is not text', () => {
  const text =
    '{"acc":{"scheme":"Basic","secret":"YTpi","login":true,"tags":["x",null],"cred":[{"meth":"email"},null]}}';
  expect(readFrame(text)?.request?.body).toEqual({
    scheme: 'basic',
    secret: Buffer.from('a:b'),
    login: true,
    tags: ['x', ''],
    cred: [{ meth: 'email' }, {}],
  });
  const since = readFrame('{"get":{"desc":{"ims":"2026-07-04T12:00:00.5+02:00"}}}')?.request?.body;
  expect(since).toEqual({ desc: { ims: Date.parse('2026-07-04T10:00:00.500Z') } });
});

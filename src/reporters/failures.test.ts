import { expect, test } from 'vitest';
import type { Failure } from '../evidence/results.ts';
import { groupFailures } from './failures.ts';

const failure = (check: string, kind: Failure['kind']): Failure => ({
  check,
  requirement: check,
  level: 'must',
  verdict: kind === 'not-testable' ? 'not-testable' : 'fail',
  kind,
  faultOf: 'target',
  message: '',
  requirementText: '',
  source: '',
  span: { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 },
  excerpt: [],
  via: [],
  meanwhile: [],
  lanes: [],
});

const a = failure('a', 'unmet');
const b = failure('b', 'closed');
const n1 = failure('n1', 'not-testable');
const n2 = failure('n2', 'not-testable');

test.each<[string, Failure[], string[]]>([
  ['nothing', [], []],
  ['each alone', [a, b], ['a', 'b']],
  ['what is not testable under the failure before it', [a, n1, b, n2], ['a: n1', 'b: n2']],
  ['what comes before any failure under the first', [n1, a, n2], ['a: n1 n2']],
  ['alone if there is no failure', [n1, n2], ['n1', 'n2']],
])('groups %s', (_, failures, expected) => {
  const texts = groupFailures(failures).map(({ cause, consequences }) =>
    [cause.check, ...(consequences.length > 0 ? [':'] : []), ...consequences.map(({ check }) => ` ${check}`)].join(''),
  );
  expect(texts).toEqual(expected);
});

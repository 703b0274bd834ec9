import { describe, expect, it } from 'vitest';
import { failureOf, refusalDetail, timedOut } from './failure.ts';

describe('a failure', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED ::1:1'), { code: 'ECONNREFUSED' });

  it.each<readonly [string, unknown, string, string]>([
    ['with a code', refused, 'ECONNREFUSED', 'connect ECONNREFUSED ::1:1'],
    [
      'of all addresses',
      new AggregateError([refused, new Error('other')]),
      'ECONNREFUSED',
      'connect ECONNREFUSED ::1:1; other',
    ],
    ['without a code', new Error('bad accept'), 'bad-handshake', 'bad accept'],
    ['that is no error', 'text', 'bad-handshake', 'text'],
  ])('%s', (_name, thrown, code, cause) => {
    expect(failureOf(thrown, 'bad-handshake')).toEqual({ code, cause });
  });

  it('says what was expected, what came and what to do', () => {
    expect(refusalDetail('a TCP connection to host:1', timedOut(2_000_000))).toBe(
      'expected a TCP connection to host:1, came nothing within 2 s: see whether the target answers there, or allow more time',
    );
  });
});

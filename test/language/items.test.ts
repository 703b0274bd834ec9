/** Language, section 6: items and groups. */
import { describe, expect, test } from 'vitest';
import { alice, playRows } from './rows.ts';
import { play } from './stage.ts';
import { checks, failures } from './told.ts';

const web = (steps: string) => `clients: { web: { as: connected, transport: web } }\nsteps:\n${steps}`;

describe('items', () => {
  playRows([
    {
      it: 'frames are what the pack unwraps, recursively',
      scenario: alice(
        `  - { client: alice, expect: [ { check: b.one, frame: { t: a } }, { check: b.two, frame: { t: b } }, { check: b.three, frame: { t: c } } ] }`,
      ),
      script: ['alice < { t: batch, of: [ { t: a }, { t: batch, of: [ { t: b }, { t: c } ] } ] }'],
      checks: 'b.one pass, b.three pass, b.two pass',
    },
    {
      it: 'an empty batch is nothing',
      scenario: alice(`  - { client: alice, expect: { check: b.one, frame: { t: a } } }`),
      script: ['alice < { t: batch, of: [] }', 'alice < { t: a }'],
      checks: 'b.one pass',
    },
    {
      it: 'text is what was not decoded, also where it cannot be',
      scenario: alice(
        `  - { client: alice, expect: [ { check: x.text, text: '{"a": 1}' }, { check: x.broken, text: "{broken" } ] }`,
      ),
      script: ['alice <text {"a": 1}', 'alice <text {broken'],
      checks: 'frames.valid fail, x.broken pass, x.text pass',
      failures: 'frames.valid invalid-frame',
    },
    {
      it: 'an HTTP status other than 200 has to be asked for',
      scenario: web(`
        - { client: web, http: { path: /a }, expect: { check: w.a, http: { status: 404 } } }
        - { client: web, http: { path: /b }, expect: { check: w.b, frame: { t: ok } } }`),
      script: ['web <http 404', 'web <http 500 { t: ok }'],
      checks: 'w.a pass, w.b fail',
      failures: 'w.b unmet',
    },
    {
      it: 'an HTTP answer is asked for its headers, a frame and a text',
      scenario: web(`
        - { client: web, http: { path: /a }, expect: { check: w.a, http: { status: 201, headers: { ETag: $string } }, frame: { t: ok } } }
        - { client: web, http: { path: /b }, expect: { check: w.b, http: { status: 400 }, text: nope } }`),
      script: ['web <http 201 etag=x { t: ok }', 'web <http 400 nope'],
      checks: 'w.a pass, w.b pass',
    },
    {
      it: 'further demands on an HTTP answer do not ask for its status again',
      scenario: web(`
        - client: web
          http: { path: /a }
          expect:
            check: w.a
            http: { status: 401 }
            verify: [ { check: w.why, frame: { why: login } }, { check: w.head, http: { headers: { realm: toy } } }, { check: w.text, text: { $string: { has: why } } } ]`),
      script: ['web <http 401 realm=toy { t: no, why: login }'],
      checks: 'w.a pass, w.head pass, w.text pass, w.why pass',
    },
    {
      it: 'a body that is no frame breaks nothing where the status tells of an error',
      scenario: web(`  - { client: web, http: { path: /a }, expect: { check: w.a, http: { status: 502 } } }`),
      script: ['web <http 502 <html>'],
      checks: 'w.a pass',
    },
    {
      it: 'an end has a code',
      scenario: alice(`  - { client: alice, expect: { check: e.code, closed: { code: { $oneOf: [1008, 1009] } } } }`),
      script: ['alice closed 1009'],
      checks: 'e.code pass',
    },
    {
      it: 'an end with another code is hard',
      scenario: alice(`  - { client: alice, expect: { check: e.code, closed: { code: 1009 } } }`),
      script: ['alice closed 1000'],
      checks: 'e.code fail',
      failures: 'e.code closed',
    },
    {
      it: 'a frame is no end, and an end is no frame',
      scenario: alice(
        `  - { client: alice, expect: [ { check: e.frame, frame: $any }, { check: e.end, closed: {} } ] }`,
      ),
      script: ['alice < { t: x }', 'alice closed'],
      checks: 'e.end pass, e.frame pass',
    },
    {
      it: 'verify fails its own check, and the scenario goes on',
      scenario: alice(`
        - client: alice
          expect: { check: v.came, frame: { t: said }, verify: [ { check: v.text, frame: { text: hi } }, { check: v.by, frame: { by: bob } } ] }
        - { client: alice, expect: { check: v.next, frame: { t: next } } }`),
      script: ['alice < { t: said, text: ho, by: bob }', 'alice < { t: next }'],
      checks: 'v.by pass, v.came pass, v.next pass, v.text fail',
      failures: 'v.text verify',
    },
    {
      it: 'verify has the check of its item where it names none',
      scenario: alice(
        `  - { client: alice, expect: { check: v.came, frame: { t: said }, verify: { frame: { text: hi } } } }`,
      ),
      script: ['alice < { t: said, text: ho }'],
      checks: 'v.came fail',
      failures: 'v.came verify',
    },
  ]);
});

describe('groups', () => {
  const rows = (expectation: string, table: readonly (readonly [string, string, string?])[]) =>
    test.each<readonly [string, string, string?]>(table)(
      `${expectation} on %s`,
      (word = '', told = '', failed = '') => {
        const { outcome } = play(
          alice(`  - { client: alice, expect: ${expectation} }\n  - { client: alice, send: { t: note } }`),
          [...word].map(t => `alice < { t: ${t} }`),
        );
        expect({ told: checks(outcome), failed: failures(outcome) }).toEqual({ told, failed });
      },
    );
  const item = (t: string) => `{ check: x.${t}, frame: { t: ${t} } }`;
  rows(`[ ${item('a')}, ${item('b')} ]`, [
    ['ab', 'x.a pass, x.b pass'],
    ['ba', 'x.a pass, x.b fail', 'x.b unmet'],
    ['a', 'x.a pass, x.b fail', 'x.b unmet'],
    ['', 'x.a fail, x.b not-testable', 'x.a unmet'],
    ['acb', 'frames.unasked fail, x.a pass, x.b pass', 'frames.unasked stray'],
    ['abb', 'frames.unasked fail, x.a pass, x.b pass', 'frames.unasked stray'],
  ]);
  rows(`{ anyOrder: [ { inOrder: [ ${item('a')}, ${item('b')} ] }, ${item('c')}, { optional: ${item('d')} } ] }`, [
    ['abc', 'x.a pass, x.b pass, x.c pass'],
    ['acb', 'x.a pass, x.b pass, x.c pass'],
    ['cab', 'x.a pass, x.b pass, x.c pass'],
    ['adcb', 'x.a pass, x.b pass, x.c pass, x.d pass'],
    ['abcd', 'x.a pass, x.b pass, x.c pass, x.d pass'],
    ['abcdd', 'frames.unasked fail, x.a pass, x.b pass, x.c pass, x.d pass', 'frames.unasked stray'],
    ['bac', 'x.a pass, x.b fail, x.c pass', 'x.b unmet'],
    ['c', 'x.a fail, x.b not-testable, x.c pass', 'x.a unmet'],
  ]);
  rows(`{ oneOf: [ ${item('a')}, { inOrder: [ ${item('b')}, ${item('c')} ] } ] }`, [
    ['a', 'x.a pass'],
    ['bc', 'x.b pass, x.c pass'],
    ['b', 'x.b pass, x.c fail', 'x.c unmet'],
    ['', 'x.a fail, x.b fail', 'x.a unmet, x.b unmet'],
    ['ab', 'frames.unasked fail, x.a pass', 'frames.unasked stray'],
  ]);
  rows(`[ { optional: ${item('a')} }, ${item('b')} ]`, [
    ['ab', 'x.a pass, x.b pass'],
    ['b', 'x.b pass'],
    ['a', 'x.a pass, x.b fail', 'x.b unmet'],
    ['', 'x.b fail', 'x.b unmet'],
  ]);
  rows(`[ { repeat: { check: x.n, frame: { t: a } }, times: 2 }, ${item('b')} ]`, [
    ['aab', 'x.b pass, x.n pass'],
    ['ab', 'x.b not-testable, x.n fail', 'x.n unmet'],
    ['aaab', 'frames.unasked fail, x.b pass, x.n pass', 'frames.unasked stray'],
  ]);
  rows(`[ { repeat: { check: x.n, frame: { t: a } }, min: 1, max: 2 }, ${item('b')} ]`, [
    ['ab', 'x.b pass, x.n pass'],
    ['aab', 'x.b pass, x.n pass'],
    ['b', 'x.b not-testable, x.n fail', 'x.n unmet'],
  ]);
  rows(`[ { repeat: { check: x.n, frame: { t: a } }, min: 0 }, ${item('b')} ]`, [
    ['b', 'x.b pass'],
    ['aaaab', 'x.b pass, x.n pass'],
  ]);
  rows(`{ byTransport: { ws: ${item('a')}, line: ${item('b')} } }`, [['a', 'x.a pass']]);
  // Greedy reading would fail here.
  rows(`[ { optional: { check: x.first, frame: {} } }, ${item('a')} ]`, [
    ['a', 'x.a pass'],
    ['ba', 'x.a pass, x.first pass'],
    ['aa', 'x.a pass, x.first pass'],
  ]);
  rows(`{ anyOrder: [ { check: x.first, frame: {} }, ${item('a')} ] }`, [
    ['ab', 'x.a pass, x.first pass'],
    ['ba', 'x.a pass, x.first pass'],
  ]);
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { startReferenceServer } from '../../reference-server/index.ts';
import { runSuite } from '../../src/conformance/run-suite.ts';
import { openUrlTarget } from '../../src/conformance/target/open-target.ts';
import { readLogText } from '../../src/evidence/log-reader.ts';
import { judgeLog } from '../../src/judging/judge.ts';
import { renderJson } from '../../src/reporters/json.ts';
import { loadSuite } from '../../src/suites/load-suite.ts';
import { runs, survive } from './fuzz-runs.ts';
import { spoiled } from './spoil.ts';

const suite = await loadSuite('gradagenda');
const suites = new Map([[suite.pack, suite]]);
const log = await realLog();
const lines = log.split('\n').slice(0, -1);

const memberChanges: fc.Arbitrary<readonly MemberChange[]> = fc.array(
  fc.record({
    line: fc.nat(),
    member: fc.nat({ max: 20 }),
    value: fc.oneof(
      fc.jsonValue({ maxDepth: 1 }),
      fc.constantFrom(-1, 1e300, '', '__proto__', 'alice', null, undefined),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

function judge(text: string | Uint8Array) {
  return survive(() => renderJson(judgeLog(readLogText(text), suites)));
}

test('the log itself is judged alike each time', () => expect(judge(log)).toBe(judge(log)));

describe('whatever becomes of a log, judging it ends, with results or an error that says what is wrong', () => {
  test('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => void judge(bytes)),
      runs(200),
    );
  });

  test('cut anywhere', () => {
    fc.assert(
      fc.property(fc.nat({ max: log.length }), size => void judge(Buffer.from(log).subarray(0, size))),
      runs(40),
    );
  });

  test('lines gone, repeated or elsewhere', () => {
    const move = fc.tuple(fc.nat({ max: lines.length - 1 }), fc.nat({ max: lines.length - 1 }), fc.nat({ max: 2 }));
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 6 }), moves => {
        const changed = [...lines.slice(0, -1)];
        for (const [from, to, how] of moves) {
          const line = changed[from % changed.length]!;
          if (how !== 1) changed.splice(from % changed.length, 1);
          if (how !== 0) changed.splice(to % (changed.length + 1), 0, line);
        }
        judge(`${changed.join('\n')}\n`);
      }),
      runs(60),
    );
  });

  test('lines with something else in them', () => {
    const change = fc.tuple(fc.nat({ max: lines.length - 1 }), spoiled(lines));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), changes => {
        const changed = [...lines.slice(0, -1)];
        for (const [k, line] of changes) if (k < changed.length) changed[k] = line.replaceAll('\n', ' ');
        judge(`${changed.join('\n')}\n`);
      }),
      runs(80),
    );
  });

  test('members that are gone, of another type, or of another value', () => {
    fc.assert(
      fc.property(memberChanges, changes => {
        judge(withMembers(changes));
      }),
      runs(150),
    );
  });

  test.each<[string, string, object]>([
    ['a message whose text is no text', '"event":"item"', { text: 5 }],
    ['a message whose HTTP answer has no headers', '"event":"item"', { http: { status: 200 } }],
    ['a message of which only null is left', '"event":"item"', { oversize: null }],
    ['a header with null for a suite', '"event":"run"', { suites: [null] }],
    ['a header with a number for a suite', '"event":"run"', { suites: [0] }],
    ['a header whose target has no endpoints', '"event":"run"', { target: {} }],
    ['an execution whose accounts are none', '"event":"begin"', { accounts: { alice: 5 } }],
  ])('%s', (_, event, other) => {
    const k = lines.findIndex(line => line.includes(event));
    const changed = lines.with(k, JSON.stringify({ ...JSON.parse(lines[k]!), ...other }));
    expect(judge(`${changed.join('\n')}\n`)).toMatchObject({ code: 'log-line-broken' });
  });
});

interface MemberChange {
  readonly line: number;
  readonly member: number;
  readonly value: unknown;
}

/** The log with other members in some lines. */
function withMembers(changes: readonly MemberChange[]): string {
  const changed = [...lines.slice(0, -1)];
  for (const { line, member, value } of changes) {
    const event = JSON.parse(changed[line % changed.length]!) as Record<string, unknown>;
    const names = Object.keys(event).filter(name => name !== 'event');
    event[names[member % names.length]!] = value;
    changed[line % changed.length] = JSON.stringify(event);
  }
  return `${changed.join('\n')}\n`;
}

/** A short real run: a few scenarios with all that the language has. */
async function realLog(): Promise<string> {
  const reportsFolder = mkdtempSync(join(tmpdir(), 'antiphon-fuzz-'));
  afterAll(() => rmSync(reportsFolder, { recursive: true, force: true }));
  const server = await startReferenceServer('gradagenda', { demo: true });
  const pack = suite.packFor({ limits: {}, timers: {}, values: {}, profile: undefined });
  const target = openUrlTarget({ pack, url: server.endpoints[0]!.url, accountMode: 'token' });
  const { directory } = await runSuite({
    suite,
    target,
    name: 'fuzz',
    reportsFolder,
    tool: 'antiphon 0.0.0',
    seed: 'fuzz',
    jobs: 4,
    repeat: 1,
    shuffle: false,
    filter: ['message/to-all', 'authentication/before.yaml', 'transport/not-json'],
    tags: [],
    patienceUs: 2_000_000,
    signal: new AbortController().signal,
    given: {},
  });
  await server.stop();
  return readFileSync(directory.files.events, 'utf8');
}

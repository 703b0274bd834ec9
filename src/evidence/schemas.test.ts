import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { AntiphonError } from '../foundation/errors.ts';
import type { LogLine } from './events.ts';
import { readLine } from './log-line.ts';
import type {
  CheckResult,
  Counts,
  ExecutionResult,
  Failure,
  LaneRow,
  Nearest,
  RequirementResult,
  Results,
  SuiteResult,
  TransportDifference,
} from './results.ts';

/** A sample with every member and one with the required alone: the compiler holds both to the type, the tests to the schema. */
interface Samples<T> {
  readonly full: Required<T>;
  readonly minimal: RequiredOnly<T>;
}

type RequiredOnly<T> = { readonly [K in keyof T as Partial<Pick<T, K>> extends Pick<T, K> ? never : K]: T[K] };

const ofExecution = { x: 1, t: 2 };
const ofClient = { ...ofExecution, c: 'bob' };
const identity = {
  ...ofExecution,
  id: 'p/s.yaml#one@ws',
  pack: 'p',
  scenario: 'p/s.yaml',
  transport: 'ws',
  repetition: 1,
};
const payload = { text: '{}', base64: '/w==', opcode: 'binary' as const };
const run = {
  event: 'run' as const,
  format: 1 as const,
  tool: 'antiphon 0.1.0',
  name: 'p',
  startedAt: '2026-11-30T17:48:59.000Z',
  epochMs: 1796060939000,
  seed: 's',
  patienceUs: 5e6,
  clockResolutionUs: 1,
  suites: [{ pack: 'p', digest: 'sha256:00', location: 'bundled', files: { 'p/s.yaml': 'sha256:01' } }],
  options: { jobs: 2 },
};
const target = {
  title: 'a server',
  kind: 'url' as const,
  endpoints: { ws: 'ws://127.0.0.1:1/' },
  values: {},
  limits: {},
  timers: {},
  capabilities: { voice: true },
  sources: ['otp'],
  accountMode: 'list' as const,
};

const lines: { readonly [E in LogLine as E['event']]: Samples<E> } = {
  run: { full: { ...run, target: { ...target, profile: 'plain' } }, minimal: { ...run, target } },
  begin: {
    full: { event: 'begin', ...identity, case: 'one', unique: 'a1b2c3d4', accounts: { bob: { user: 'u1' } } },
    minimal: { event: 'begin', ...identity, unique: 'a1b2c3d4', accounts: {} },
  },
  skipped: {
    full: { event: 'skipped', ...identity, case: 'one', why: 'not-applicable', reason: 'needs voice' },
    minimal: { event: 'skipped', ...identity, why: 'not-run', reason: 'shard' },
  },
  finish: {
    full: { event: 'finish', ...ofExecution, cut: 'interrupted' },
    minimal: { event: 'finish', ...ofExecution },
  },
  opened: {
    full: { event: 'opened', ...ofClient, address: 'ws://127.0.0.1:1/', subprotocol: 'chat' },
    minimal: { event: 'opened', ...ofClient, address: 'ws://127.0.0.1:1/' },
  },
  refused: {
    full: { event: 'refused', ...ofClient, status: 401, code: 'bad-handshake', detail: 'HTTP 401' },
    minimal: { event: 'refused', ...ofClient, code: 'ECONNREFUSED', detail: 'nobody listens' },
  },
  item: {
    full: {
      event: 'item',
      ...ofClient,
      ...payload,
      bytes: 9,
      oversize: { digest: 'sha256:02', head: 'aaa' },
      unterminated: true,
      http: { status: 200, headers: { 'content-type': 'text/plain' } },
      call: { n: 1, method: '/chat.Hook/Ask' },
    },
    minimal: { event: 'item', ...ofClient },
  },
  closed: {
    full: { event: 'closed', ...ofClient, code: 1000, status: 200, reason: 'bye', by: 'target', error: 'ECONNRESET' },
    minimal: { event: 'closed', ...ofClient, by: 'us' },
  },
  written: {
    full: {
      event: 'written',
      ...ofClient,
      ...payload,
      what: 'http',
      n: 1,
      http: { method: 'GET', path: '/', headers: {} },
      failed: 'EPIPE',
      unfit: true,
    },
    minimal: { event: 'written', ...ofClient, what: 'half-close', n: 0 },
  },
  fetched: {
    full: { event: 'fetched', ...ofExecution, source: 'otp', value: [null, { a: 1 }], failed: 'no' },
    minimal: { event: 'fetched', ...ofExecution, source: 'otp' },
  },
  restarted: {
    full: { event: 'restarted', ...ofExecution, failed: 'it did not come back' },
    minimal: { event: 'restarted', ...ofExecution },
  },
  due: {
    full: { event: 'due', ...ofClient, timer: 'patience' },
    minimal: { event: 'due', ...ofExecution, timer: 'timeout' },
  },
  stalled: { full: { event: 'stalled', t: 9, lagUs: 8 }, minimal: { event: 'stalled', t: 9, lagUs: 8 } },
  note: { full: { event: 'note', ...ofClient, text: 'a ping' }, minimal: { event: 'note', t: 9, text: 'a ping' } },
  end: {
    full: { event: 'end', t: 9, reason: 'completed', events: 0 },
    minimal: { event: 'end', t: 9, reason: 'rig', events: 0 },
  },
};

const span = { file: 'p/s.yaml', line: 3, column: 5, endLine: 3, endColumn: 9 };
const nearest: Samples<Nearest> = {
  full: { text: '{}', differences: [{ at: '/a', expected: '1', came: 'nothing' }] },
  minimal: { text: '{}', differences: [] },
};
const laneRow: Samples<LaneRow> = {
  full: { atMs: 1.5, client: 'bob', mark: 'sent', text: '{}' },
  minimal: { atMs: 1.5, client: 'bob', mark: 'due', text: 'patience' },
};
const failureBase = {
  check: 'a.b/c',
  requirement: 'a.b',
  level: 'must' as const,
  verdict: 'fail' as const,
  kind: 'unmet' as const,
  faultOf: 'target' as const,
  message: 'm',
  requirementText: 't',
  source: 'Title, section 1',
  span,
  excerpt: [{ line: 3, text: '  - a: b' }],
  via: ['include: session (p/s.yaml:2)'],
};
const failure: Samples<Failure> = {
  full: {
    ...failureBase,
    client: 'bob',
    atMs: 12.5,
    expected: '{ a: 1 }',
    nearest: nearest.full,
    meanwhile: ['{"b":2}'],
    lanes: [laneRow.full],
  },
  minimal: { ...failureBase, meanwhile: [], lanes: [] },
};
const check: Samples<CheckResult> = {
  full: {
    check: 'a.b/c',
    requirement: 'a.b',
    level: 'may',
    verdict: 'pass',
    decisions: 2,
    lenient: true,
    absence: 'weak',
  },
  minimal: { check: 'a.b', requirement: 'a.b', level: 'should', verdict: 'none', decisions: 0 },
};
const executionBase = {
  id: 'p/s.yaml@ws',
  pack: 'p',
  scenario: 'p/s.yaml',
  title: 'S',
  transport: 'ws',
  repetition: 1,
  verdict: 'fail' as const,
  startedAtMs: 0,
  durationMs: 20.5,
};
const execution: Samples<ExecutionResult> = {
  full: { ...executionBase, case: 'one', reason: 'r', checks: [check.full], failures: [failure.full], notes: ['n'] },
  minimal: { ...executionBase, checks: [check.minimal], failures: [failure.minimal], notes: [] },
};
const requirementBase = {
  id: 'a.b',
  level: 'must' as const,
  text: 't',
  source: 'Title, section 1',
  verdict: 'fail' as const,
  decidedBy: ['p/s.yaml@ws'],
};
const requirement: Samples<RequirementResult> = {
  full: { ...requirementBase, interpretation: true, excluded: 'why', byTransport: { grpc: 'fail', websocket: 'pass' } },
  minimal: requirementBase,
};
const differenceBase = {
  scenario: 'p/s.yaml',
  client: 'ada',
  span,
  at: '/data/content',
  values: { grpc: 'nothing', websocket: '1' },
};
const transportDifference: Samples<TransportDifference> = {
  full: { ...differenceBase, case: 'one' },
  minimal: differenceBase,
};
const suite: Samples<SuiteResult> = {
  full: {
    pack: 'p',
    ledger: 'P, 2014',
    requirements: [requirement.full],
    transportDifferences: [transportDifference.full],
  },
  minimal: { pack: 'p', ledger: 'P, 2014', requirements: [requirement.minimal] },
};
const sums: Counts = {
  executions: 1,
  passed: 0,
  failed: 1,
  inconclusive: 0,
  errors: 0,
  notApplicable: 0,
  notRun: 0,
  checks: 2,
  framesSent: 3,
  framesReceived: 4,
};
const counts: Samples<Counts> = { full: sums, minimal: sums };
const resultsBase = {
  antiphon: 1 as const,
  results: 'p',
  tool: 'antiphon 0.1.0',
  startedAt: '2026-11-30T17:48:59.000Z',
  durationMs: 30,
  seed: 's',
  target: { title: 'a server', kind: 'url', endpoints: { ws: 'ws://127.0.0.1:1/' } },
  complete: false,
  verdict: 'fail' as const,
  counts: counts.full,
  changed: [{ file: 'p/s.yaml', was: 'sha256:00', is: 'sha256:01' }],
};
const results: Samples<Results> = {
  full: { ...resultsBase, cut: 'killed', suites: [suite.full], executions: [execution.full] },
  minimal: { ...resultsBase, suites: [suite.minimal], executions: [execution.minimal] },
};

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly description?: string;
  readonly items?: Schema;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

function readSchema(name: string): Schema {
  return JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8')) as Schema;
}

const logSchema = readSchema('event-log');
const resultsSchema = readSchema('results');
const validateLine = new Ajv2020({ allErrors: true }).compile(logSchema);
const validateResults = new Ajv2020({ allErrors: true }).compile(resultsSchema);

const events = Object.keys(lines) as LogLine['event'][];

describe('event-log.schema.json', () => {
  test.each(events)('says of `%s` what the type says', event => {
    const { full, minimal } = lines[event];
    expectSameMembers(logSchema.$defs![event]!, full, minimal);
    for (const line of [full, minimal]) {
      validateLine(line);
      expect(validateLine.errors).toBeNull();
    }
    expect(validateLine({ ...full, more: 1 })).toBe(false);
  });

  test.each(events)('and the reader of logs refuse the same members of `%s`', event => {
    for (const changed of withOtherMembers(lines[event].full)) {
      const isRead = isReadable(JSON.stringify(changed));
      expect({ changed, isRead }).toEqual({ changed, isRead: validateLine(changed) });
    }
  });

  test('knows no other line', () => {
    expect(Object.keys(logSchema.$defs!).filter(name => !(name in lines))).toEqual(['suite', 'target']);
    expect(validateLine({ event: 'other', t: 1 })).toBe(false);
    expect(validateLine({ ...lines.run.full, format: 2 })).toBe(false);
  });

  test('describes every member', () => expect(undescribed(logSchema, '')).toEqual([]));
});

describe('results.schema.json', () => {
  test.each<[string, Schema, Samples<object>]>([
    ['results', resultsSchema, results],
    ['counts', resultsSchema.$defs!.counts!, counts],
    ['suite', resultsSchema.$defs!.suite!, suite],
    ['requirement', resultsSchema.$defs!.requirement!, requirement],
    ['execution', resultsSchema.$defs!.execution!, execution],
    ['check', resultsSchema.$defs!.check!, check],
    ['failure', resultsSchema.$defs!.failure!, failure],
    ['nearest', resultsSchema.$defs!.nearest!, nearest],
    ['laneRow', resultsSchema.$defs!.laneRow!, laneRow],
  ])('says of %s what the type says', (_, schema, { full, minimal }) => expectSameMembers(schema, full, minimal));

  test.each([
    ['with all members', results.full],
    ['with the required ones', results.minimal],
  ])('accepts results %s', (_, sample) => {
    validateResults(sample);
    expect(validateResults.errors).toBeNull();
  });

  test('refuses what is not in the type', () => {
    expect(validateResults({ ...results.full, more: 1 })).toBe(false);
    expect(validateResults({ ...results.full, verdict: 'green' })).toBe(false);
    expect(validateResults({ ...results.full, startedAt: 'yesterday' })).toBe(false);
  });

  test('describes every member', () => expect(undescribed(resultsSchema, '')).toEqual([]));
});

function expectSameMembers(schema: Schema, full: object, minimal: object): void {
  expect(schema.additionalProperties).toBe(false);
  expect(Object.keys(schema.properties!).sort()).toEqual(Object.keys(full).sort());
  expect([...schema.required!].sort()).toEqual(Object.keys(minimal).sort());
}

// Of every type. A text that is an instant, so that only words are refused for what they say.
const others = [undefined, null, true, 5, '2026-11-30T17:48:59.000Z', [], [null], [{}], {}, { a: null }];

/** The sample with another value in the place of each member in it, at any depth. */
function withOtherMembers(sample: object): readonly object[] {
  return Object.entries(sample).flatMap(([name, member]) => {
    if (name === 'event') return [];
    const inside = typeof member === 'object' && member !== null ? withOtherMembers(member) : [];
    return [...others, ...inside].map(other =>
      Array.isArray(sample)
        ? sample.map((element, k) => (String(k) === name ? (other ?? null) : element))
        : Object.fromEntries(Object.entries({ ...sample, [name]: other }).filter(([, each]) => each !== undefined)),
    );
  });
}

function isReadable(line: string): boolean {
  try {
    readLine(line, 'log:1');
    return true;
  } catch (thrown) {
    if (thrown instanceof AntiphonError) return false;
    throw thrown;
  }
}

/** The members below a schema that have no description. */
function undescribed(schema: Schema, at: string): string[] {
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [
    ...(member.description ? [] : [`${at}/${name}`]),
    ...undescribed(member, `${at}/${name}`),
  ]);
  const defs = Object.entries(schema.$defs ?? {}).flatMap(([name, def]) => undescribed(def, name));
  return [...members, ...defs, ...(schema.items ? undescribed(schema.items, `${at}/items`) : [])];
}

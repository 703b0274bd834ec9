import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../foundation/diagnostic.ts';
import { readFragmentFile, readLanguageFile, readPolicyFile, readScenarioFile, readWorkloadFile } from './read-file.ts';

function told(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ code, message, span, suggestion }) =>
      `${span.line}:${span.column} ${code}: ${message}${suggestion === undefined ? '' : ` | ${suggestion}`}`,
  );
}

/** Without places, which have tests of their own. */
function placeless(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, member) =>
      key === 'span' || key === 'keySpan' || key === 'quoted' ? undefined : member,
    ),
  );
}

const head = 'antiphon: 1\nscenario: a title\nprotocol: tea-room\nclients: { guest: guest }\n';

describe('readScenarioFile', () => {
  it('gives the file with its places', () => {
    const span = (line: number, column: number, endColumn: number) => ({
      file: 'tea.yaml',
      line,
      column,
      endLine: line,
      endColumn,
    });
    const { file, diagnostics } = readScenarioFile(`${head}steps: { client: guest, until: barrier }`, 'tea.yaml');
    expect(diagnostics).toEqual([]);
    expect(file).toEqual({
      kind: 'scenario',
      file: 'tea.yaml',
      span: { file: 'tea.yaml', line: 1, column: 1, endLine: 5, endColumn: 41 },
      title: { value: 'a title', span: span(2, 11, 18) },
      protocol: { value: 'tea-room', span: span(3, 11, 19) },
      tags: [],
      needs: [],
      exclusive: false,
      vars: [],
      cases: [],
      clients: [
        {
          name: { value: 'guest', span: span(4, 12, 17) },
          as: { value: 'guest', span: span(4, 19, 24) },
          with: [],
          span: span(4, 12, 24),
        },
      ],
      steps: [
        {
          kind: 'client',
          span: span(5, 8, 41),
          clients: [{ value: 'guest', span: span(5, 18, 23) }],
          wire: false,
          together: false,
          invalid: false,
          never: [],
          until: { kind: 'barrier', params: [], span: span(5, 32, 39) },
        },
      ],
      finally: [],
    });
  });

  it('gives items and groups as they nest', () => {
    const expected = '{ check: a.b, repeat: [ { frame: $any, within: 2 s }, { optional: { closed: {} } } ], min: 1 }';
    const step = readScenarioFile(`${head}steps: { client: guest, expect: ${expected} }`, 'tea.yaml').file?.steps[0];
    expect(placeless(step?.kind === 'client' && step.expect)).toEqual({
      kind: 'repeat',
      check: { value: 'a.b' },
      min: { type: 'scalar', value: 1 },
      body: {
        kind: 'inOrder',
        children: [
          {
            kind: 'item',
            lenient: false,
            within: { type: 'scalar', value: '2 s' },
            demand: { frame: { type: 'scalar', value: '$any' } },
            verify: [],
          },
          { kind: 'optional', body: { kind: 'item', lenient: false, demand: { closed: {} }, verify: [] } },
        ],
      },
    });
  });

  it.each([
    ['a single step stands without a list', 'steps: { restart: target }', [{ kind: 'restart' }]],
    [
      'fetch',
      'steps: [{ fetch: otp, as: code }]',
      [{ kind: 'fetch', source: { value: 'otp' }, with: [], as: { value: 'code' } }],
    ],
    [
      'include',
      'steps: [{ include: a/b, as: c }]',
      [{ kind: 'include', fragment: { value: 'a/b' }, with: [], as: { value: 'c' } }],
    ],
    [
      'forEach',
      'steps: [{ forEach: { n: [1] }, steps: [{ restart: target }] }]',
      [
        {
          kind: 'forEach',
          name: { value: 'n' },
          list: { type: 'list', elements: [{ type: 'scalar', value: 1 }] },
          steps: [{ kind: 'restart' }],
        },
      ],
    ],
  ])('%s', (_title, steps, expected) => {
    expect(placeless(readScenarioFile(head + steps, 'tea.yaml').file?.steps)).toEqual(expected);
  });

  it.each([
    ['close: {}', { close: { half: false, abort: false } }],
    ['close: { code: 1000 }', { close: { code: { type: 'scalar', value: 1000 }, half: false, abort: false } }],
    ['raw: x, opcode: ping', { raw: { type: 'scalar', value: 'x' }, opcode: { value: 'ping' } }],
    ['send: x, cut: each', { send: { type: 'scalar', value: 'x' }, cut: 'each' }],
    ['send: x, cut: 5', { send: { type: 'scalar', value: 'x' }, cut: [5] }],
    ['reading: stop', { reading: { value: 'stop' } }],
    ['until: 200 ms', { until: { kind: 'duration', duration: { type: 'scalar', value: '200 ms' } } }],
    [
      'until: { barrier: { a: 1 } }',
      { until: { kind: 'barrier', params: [{ name: { value: 'a' }, node: { type: 'scalar', value: 1 } }] } },
    ],
    ['http: { method: PUT, body: x }', { http: { method: { value: 'PUT' }, body: { type: 'scalar', value: 'x' } } }],
  ])('reads the act %s', (act, expected) => {
    const { file, diagnostics } = readScenarioFile(`${head}steps: { client: guest, ${act} }`, 'tea.yaml');
    expect(diagnostics).toEqual([]);
    const rest = {
      kind: 'client',
      clients: [{ value: 'guest' }],
      wire: false,
      together: false,
      invalid: false,
      never: [],
    };
    expect(placeless(file?.steps[0])).toEqual({ ...rest, ...expected });
  });
});

describe('what may stand together in a step', () => {
  it.each([
    ['', 'missing-key: a client step needs connect, send, raw, http, answer, close, reading, expect or until'],
    ['send: x, raw: y', 'keys-conflict: send and raw cannot stand together: a step has one act besides connect'],
    ['close: {}, http: {}', 'keys-conflict: close and http cannot stand together: a step has one act besides connect'],
    [
      'connect: {}, times: 3',
      'key-alone: times needs send, raw or http beside it: only what is written can be repeated',
    ],
    ['send: x, window: 3', 'key-alone: window needs times beside it: one request needs no window'],
    ['send: x, every: 1 s', 'key-alone: every needs times or cut beside it: it is the pace of several writes'],
    ['http: {}, cut: each', 'key-alone: cut needs send or raw beside it: only messages are cut'],
    ['close: {}, together: true', 'key-alone: together needs send or raw beside it: only messages are joined'],
    [
      'send: x, together: true, cut: each',
      'keys-conflict: together and cut cannot stand together: one write has no pace and no pieces',
    ],
    ['send: x, opcode: text', 'key-alone: opcode needs raw beside it: frames have the opcode of their transport'],
    ['send: x, wire: true', 'key-alone: wire needs raw beside it: frames are written with their framing'],
    [
      'raw: x, wire: true, opcode: ping',
      'keys-conflict: wire and opcode cannot stand together: below the framing there is no opcode',
    ],
    ['raw: x, invalid: true', 'key-alone: invalid needs send beside it: only frames are validated'],
    [
      'reading: go, mark: m',
      'key-alone: mark needs connect, send, raw, http or close beside it: it names the instant of a write',
    ],
    [
      'send: x, since: m',
      'key-alone: since needs expect or until beside it: it is the origin of what the step waits for',
    ],
    [
      'send: x, never: { frame: $any }',
      'key-alone: never needs expect or until beside it: without them the step reads nothing',
    ],
    ['send: x, ignore: []', 'key-alone: ignore needs expect or until beside it: without them the step reads nothing'],
    ['send: x, frame: $any', 'unknown-key: unknown key "frame" in a client step | put it under expect'],
    ['sned: x, until: barrier', 'unknown-key: unknown key "sned" in a client step | did you mean send?'],
    ['send: x, cut: 0', 'wrong-type: expected each, or byte offsets of at least 1, came the number 0'],
    ['send: x, times: 0', 'wrong-type: expected a whole number of at least 1, came the number 0'],
    ['until: 5', 'unit-missing: expected a duration such as 20 ms, 4 s or 2 min, came the number 5 | add a unit: 5 s'],
    [
      'until: barier',
      'wrong-type: expected barrier, { barrier: { … } } or a duration such as 200 ms, came the text "barier"',
    ],
    [
      'close: { half: true, code: 1000 }',
      'keys-conflict: half and code cannot stand together: a half close says nothing',
    ],
    [
      'close: { abort: true, half: true }',
      'keys-conflict: abort and half cannot stand together: an abort says nothing more',
    ],
    ['http: { json: 1, body: x }', 'keys-conflict: json and body cannot stand together: a request has one body'],
    ['http: { method: get }', 'wrong-type: expected a method in capitals, came the text "get"'],
    ['connect: { prot: 1 }', 'unknown-key: unknown key "prot" in how to connect | did you mean port?'],
  ])('%s', (body, expected) => {
    const comma = body === '' ? '' : ', ';
    const { file, diagnostics } = readScenarioFile(`${head}steps: { client: guest${comma}${body} }`, 'tea.yaml');
    expect(file).toBeUndefined();
    expect(told(diagnostics).map(each => each.replace(/^\S+ /, ''))).toEqual([expected]);
  });
});

describe('what may stand together in an expectation', () => {
  it.each([
    [
      '{}',
      'missing-key: an item or a group needs one of the keys inOrder, anyOrder, oneOf, optional, repeat, byTransport, frame, text, http, opened or closed',
    ],
    ['[]', 'list-too-short: expected at least 1, came an empty list'],
    [
      '{ frame: a, text: b }',
      'keys-conflict: frame and text cannot stand together: frame is what was decoded, text is what was not',
    ],
    [
      '{ closed: {}, frame: a }',
      'keys-conflict: closed and frame cannot stand together: a closed connection carries nothing',
    ],
    [
      '{ closed: { code: 1, status: 2 } }',
      'keys-conflict: code and status cannot stand together: a WebSocket ends with a code, a gRPC stream with a status',
    ],
    ['{ repeat: { frame: a } }', 'missing-key: repeat needs times, min or max'],
    [
      '{ repeat: { frame: a }, times: 2, max: 3 }',
      'keys-conflict: times and max cannot stand together: times is both of them',
    ],
    ['{ repeat: { frame: a }, min: 3, max: 2 }', 'bounds-crossed: min 3 is greater than max 2'],
    ['{ frame: a, times: 2 }', 'unknown-key: unknown key "times" in an item | put the item under repeat'],
    [
      '{ oneOf: [{ frame: a }], within: 2 s }',
      'unknown-key: unknown key "within" in a group oneOf | within belongs to an item: put it there',
    ],
    [
      '{ optional: { frame: a }, frame: b }',
      'unknown-key: unknown key "frame" in a group optional | an item cannot stand beside a group: put it inside',
    ],
    [
      '{ anyOrder: [{ frame: a }], inOrder: [{ frame: b }] }',
      'unknown-key: unknown key "anyOrder" in a group inOrder | known here: inOrder or check',
    ],
    ['{ byTransport: {} }', 'entry-count: expected at least 1 entry, came 0'],
    [
      '{ frame: a, check: Order }',
      'wrong-type: expected a check such as message.order or message.order/copy, came the text "Order"',
    ],
    ['{ frame: a, grade: soft }', 'wrong-type: expected lenient, came the text "soft"'],
    ['{ frame: a, verify: [] }', 'list-too-short: expected at least 1, came an empty list'],
    ['{ frame: a, verify: { check: a.b } }', 'missing-key: a verify needs frame, text, http, opened or closed'],
    [
      '{ http: { status: 200, header: {} } }',
      'unknown-key: unknown key "header" in what an HTTP answer must be | did you mean headers?',
    ],
    [
      '{ frma: a }',
      'missing-key: an item or a group needs one of the keys inOrder, anyOrder, oneOf, optional, repeat, byTransport, frame, text, http, opened or closed | did you mean frame?',
    ],
  ])('%s', (expectation, expected) => {
    const { diagnostics } = readScenarioFile(`${head}steps: { client: guest, expect: ${expectation} }`, 'tea.yaml');
    expect(told(diagnostics).map(each => each.replace(/^\S+ /, ''))).toEqual([expected]);
  });
});

describe('whole files', () => {
  it('tell every problem at once, by place', () => {
    const text =
      'antiphon: 2\nscenario: x\nprotcol: tea\nclients: {}\ntags: [1]\nsteps:\n  - cleint: a\n  - client: b\n    expect: { frame: 0x10, check: A }\n';
    expect(told(readScenarioFile(text, 'tea.yaml').diagnostics)).toEqual([
      '1:1 missing-key: a scenario needs the key protocol | add protocol: the name of a pack',
      '1:11 format-version: expected format version 1 | read the file with a newer antiphon',
      '2:11 wrong-type: expected a title of at least three characters, came the text "x"',
      '3:1 unknown-key: unknown key "protcol" in a scenario | did you mean protocol?',
      '4:10 entry-count: expected at least 1 entry, came 0',
      '5:8 wrong-type: expected a name of letters, digits, _ and -, came the number 1',
      '7:5 missing-key: a step needs one of the keys client, include, fetch, restart or forEach | did you mean client?',
      '9:22 fooling-number: 0x10 is read as the number 16 | put it in quotes if it is text: "0x10", or write 16',
      '9:35 wrong-type: expected a check such as message.order or message.order/copy, came the text "A"',
    ]);
  });

  it('begin with the version and the kind', () => {
    expect(
      told(
        readScenarioFile(
          `protocol: tea\n${head.replace('protocol: tea-room\n', '')}steps: { restart: target }`,
          'tea.yaml',
        ).diagnostics,
      ),
    ).toEqual([
      '2:1 key-order: expected antiphon in the first line | move it there',
      '3:1 key-order: expected scenario in the line after antiphon: 1 | move it there',
    ]);
  });

  it('tell what an alias repeats only once', () => {
    const text = `${head}vars: { x: 1 }\nsteps:\n  - client: guest\n    expect: [&wrong { frame: a, times: 2 }, *wrong]`;
    expect(told(readScenarioFile(text, 'tea.yaml').diagnostics)).toEqual([
      '8:33 unknown-key: unknown key "times" in an item | put the item under repeat',
    ]);
  });

  it('have cases with names of their own', () => {
    const cases = 'cases: [{ name: a }, { name: a }, { sort: b }, { name: 1 }]\nsteps: { restart: target }';
    expect(told(readScenarioFile(head + cases, 'tea.yaml').diagnostics)).toEqual([
      '5:35 missing-key: a case needs the key name | add name: what tells it from the other cases',
      '5:56 wrong-type: expected text, came the number 1 | put it in quotes: "1"',
    ]);
    const twice = 'cases: [{ name: a }, { name: a }]\nsteps: { restart: target }';
    expect(told(readScenarioFile(head + twice, 'tea.yaml').diagnostics)).toEqual([
      '5:30 duplicate-case: two cases have the name "a" | give each case a name of its own',
    ]);
  });

  it('are of the kind that was asked for', () => {
    const policy = 'antiphon: 1\npolicy: a gate\n';
    expect(told(readFragmentFile(policy, 'tea.yaml').diagnostics)).toEqual([
      '1:1 wrong-kind: expected a fragment file, came a policy file',
    ]);
    expect(told(readPolicyFile(policy, 'tea.yaml').diagnostics)).toEqual([]);
  });
});

describe('readLanguageFile', () => {
  it.each([
    [
      'antiphon: 1\nscenaro: x',
      '2:1 unknown-kind: expected the kind of file as the key after antiphon: 1 | did you mean scenario?',
    ],
    [
      'antiphon: 1',
      '1:1 unknown-kind: expected the kind of file as the key after antiphon: 1 | one of scenario, fragment, workload, pack, target, ledger, policy, with the title as its value',
    ],
    ['- a', '1:1 wrong-type: expected a map that begins with antiphon: 1, came a list of 1'],
    ['', '1:1 empty-file: expected a document, but there is none | begin with antiphon: 1'],
  ])('refuses %j', (text, expected) => {
    const reading = readLanguageFile(text, 'tea.yaml');
    expect(told(reading.diagnostics)).toEqual([expected]);
    expect(reading.kind).toBeUndefined();
  });

  it.each(['pack', 'target', 'ledger'])('leaves a %s file to its reader', kind => {
    const reading = readLanguageFile(`antiphon: 1\n${kind}: tea-room\nanything: true\n`, 'tea.yaml');
    expect(reading).toMatchObject({ kind, diagnostics: [], root: { type: 'map' } });
    expect(reading.file).toBeUndefined();
  });
});

describe('readFragmentFile', () => {
  it('tells required parameters from those with a default', () => {
    const text =
      'antiphon: 1\nfragment: a table\nprotocol: tea-room\nclients: { me: one, others: many }\nparams: { a: $required, b: null, c: [1] }\ngives: x\nsteps: { restart: target }';
    expect(placeless(readFragmentFile(text, 'tea.yaml').file)).toEqual({
      kind: 'fragment',
      file: 'tea.yaml',
      title: { value: 'a table' },
      protocol: { value: 'tea-room' },
      clients: [
        { name: { value: 'me' }, many: false },
        { name: { value: 'others' }, many: true },
      ],
      params: [
        { name: { value: 'a' }, required: true },
        { name: { value: 'b' }, default: { type: 'scalar', value: null }, required: false },
        { name: { value: 'c' }, default: { type: 'list', elements: [{ type: 'scalar', value: 1 }] }, required: false },
      ],
      gives: [{ value: 'x' }],
      steps: [{ kind: 'restart' }],
    });
  });
});

const load = (entry: string, more = '') =>
  `antiphon: 1\nworkload: a rush\nprotocol: tea-room\nroles: { guest: { as: guest, count: 2 } }\nphases: { hold: 1 s }\npublish: { by: guest, send: x, to: guest, ${entry} }\n${more}`;

describe('readWorkloadFile', () => {
  it('gives the file', () => {
    const { file, diagnostics } = readWorkloadFile(
      load('schedule: { rate: 5/s }', 'disrupt: { at: 1 s, role: guest, do: disconnect }\nthresholds: lost == 0'),
      'tea.yaml',
    );
    expect(diagnostics).toEqual([]);
    expect(placeless(file)).toEqual({
      kind: 'workload',
      file: 'tea.yaml',
      title: { value: 'a rush' },
      protocol: { value: 'tea-room' },
      needs: [],
      vars: [],
      roles: [{ name: { value: 'guest' }, as: { value: 'guest' }, count: { type: 'scalar', value: 2 }, with: [] }],
      join: [],
      leave: [],
      publish: [
        {
          by: [{ value: 'guest' }],
          send: { type: 'scalar', value: 'x' },
          to: [{ value: 'guest' }],
          schedule: { kind: { value: 'rate' }, argument: { type: 'scalar', value: '5/s' } },
        },
      ],
      phases: [{ name: { value: 'hold' }, node: { type: 'scalar', value: '1 s' } }],
      disrupt: [{ at: { value: '1 s' }, role: { value: 'guest' }, do: { value: 'disconnect' }, join: [] }],
      thresholds: [{ value: 'lost == 0' }],
    });
  });

  it.each([
    [
      'schedule: {}',
      '',
      'entry-count: expected a schedule: one of rate, poisson, ramp, stairs, burst and inFlight, came an empty map',
    ],
    [
      'schedule: { rate: 5/s, poisson: 5/s }',
      '',
      'entry-count: expected a schedule: one of rate, poisson, ramp, stairs, burst and inFlight, came 2 of them',
    ],
    ['schedule: { rate: 5 }', '', 'wrong-type: expected a rate such as 50/s or 30/min, came the number 5'],
    [
      'schedule: { ramp: { from: 1/s } }',
      '',
      'missing-key: a ramp needs the key to | add to: a rate such as 50/s or 30/min, or a reference such as $(name)',
    ],
    [
      'schedule: { inFlight: 1 }, payload: 200',
      '',
      'wrong-type: expected a size such as 200 bytes, came the number 200',
    ],
    [
      'schedule: { inFlight: 1 }',
      'disrupt: { at: 1 s, role: guest, do: stop-reading }',
      'missing-key: stop-reading needs the key for | add for: 3 s',
    ],
    [
      'schedule: { inFlight: 1 }',
      'disrupt: { at: 1 s, role: guest, do: disconnect, for: 1 s }',
      'keys-conflict: disconnect is for good | use reconnect',
    ],
    [
      'schedule: { inFlight: 1 }',
      'disrupt: { at: 1 s, role: guest, do: disconnect, join: { restart: target } }',
      'keys-conflict: only who reconnects joins again',
    ],
    [
      'schedule: { inFlight: 1 }',
      'thresholds: lost = 0',
      'wrong-type: expected a threshold such as delivery.p99 < 100 ms, came the text "lost = 0"',
    ],
  ])('refuses %s %s', (entry, more, expected) => {
    expect(
      told(readWorkloadFile(load(entry, more), 'tea.yaml').diagnostics).map(each => each.replace(/^\S+ /, '')),
    ).toEqual([expected]);
  });
});

describe('readPolicyFile', () => {
  it('has defaults for all but its name', () => {
    expect(placeless(readPolicyFile('antiphon: 1\npolicy: a gate\n', 'tea.yaml').file)).toEqual({
      kind: 'policy',
      file: 'tea.yaml',
      title: { value: 'a gate' },
      failOn: 'must',
      lenient: 'allow',
      expectedFailures: [],
      knownFlaky: [],
    });
  });

  it.each([
    ['failOn: may', 'wrong-type: expected must or should, came the text "may"'],
    [
      'knownFlaky: { scenario: a }',
      'missing-key: an entry of a policy needs the key reason | add reason: a reason of at least three characters',
    ],
    ['knownFlaky: { scenario: a, reason: because, until: 2027-02-30 }', 'no-such-day: there is no day 2027-02-30'],
    [
      'knownFlaky: { scenario: a, reason: because, until: soon }',
      'wrong-type: expected a day such as 2027-03-31, came the text "soon"',
    ],
  ])('refuses %s', (line, expected) => {
    expect(
      told(readPolicyFile(`antiphon: 1\npolicy: a gate\n${line}\n`, 'tea.yaml').diagnostics).map(each =>
        each.replace(/^\S+ /, ''),
      ),
    ).toEqual([expected]);
  });
});

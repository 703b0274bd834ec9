/** Mutants whose fate can be told by hand, for every operator, every killer and every rule (docs/prove.md). */
import { describe, expect, test } from 'vitest';
import { explainMutant } from '../../src/prove/explain-mutant.ts';
import { mutantIds, proveLog, proveSteps } from '../../src/prove/prove-log.ts';
import { runOf, suitesOf } from './proof-suite.ts';
import { play } from './stage.ts';
import { fatesOf, mutantsOf, type ProveStage } from './told-mutants.ts';
import { toyPack, toySchemas } from './toy-pack.ts';

interface Row extends ProveStage {
  readonly it: string;
  readonly scenario: string;
  readonly script: readonly string[];
  /** Beginnings of the names of the mutants that are told. */
  readonly of: readonly string[];
  readonly fates: readonly string[];
}

function table(rows: readonly Row[]): void {
  test.each(rows)('$it', ({ scenario, script, of, fates, ...options }) => {
    const told = fatesOf(scenario, script, options).filter(each => of.some(name => each.startsWith(name)));
    expect(told).toEqual(fates);
  });
}

const alice = (steps: string) => `clients: { alice: connected }\nsteps:\n${steps}`;
const both = (steps: string) => `clients: { alice: connected, bob: connected }\nsteps:\n${steps}`;
const web = (steps: string) => `clients: { web: { as: connected, transport: web } }\nsteps:\n${steps}`;

const asks = '  - { client: alice, send: { t: say }, expect: { check: say.ok, frame: { t: ok, n: 1 } } }';
const heard = `
  - { client: alice, send: { t: say }, expect: { check: say.ok, frame: { t: ok } } }
  - { client: bob, expect: { check: say.heard, frame: { t: said, text: hi } } }`;

describe('whole items', () => {
  table([
    {
      it: 'missing, twice, too late, with somebody else, behind the end',
      scenario: both(heard),
      script: ['alice < { t: ok, id: c1 }', 'bob < { t: said, text: hi }'],
      of: ['4.drop', '4.repeat', '4.swap', '4.delay', '4.misdeliver', '4.close'],
      fates: [
        '4.drop: requirement say.heard',
        '4.repeat: closed-world',
        '4.delay: requirement say.heard',
        '4.misdeliver: requirement say.heard',
        '4.close-early: requirement say.heard',
      ],
    },
    {
      it: 'what nobody waits for is not missed, but a second one and one with somebody else are strays',
      scenario: both(`
        - { client: alice, send: { t: say }, expect: { check: say.ok, frame: { t: ok } } }
        - { client: bob, expect: { optional: { check: say.heard, frame: { t: said } } } }`),
      script: ['alice < { t: ok, id: c1 }', 'bob < { t: said }'],
      of: ['6.drop', '6.repeat', '6.misdeliver'],
      fates: ['6.drop: survived, line 7, say.heard', '6.repeat: closed-world', '6.misdeliver: closed-world'],
    },
    {
      it: 'neighbours change places only where no doing of ours lies between',
      scenario: alice(`
        - { client: alice, send: { t: say }, expect: [ { check: x.a, frame: { t: a } }, { check: x.ok, frame: { t: ok } } ] }
        - { client: alice, send: { t: say }, expect: { anyOrder: [ { check: x.b, frame: { t: b } }, { check: x.ok, frame: { t: ok, id: c2 } } ] } }`),
      script: ['alice < { t: a }', 'alice < { t: ok, id: c1 }', 'alice < { t: b }', 'alice < { t: ok, id: c2 }'],
      of: ['2.swap', '3.swap', '5.swap', '6.swap'],
      fates: ['2.swap: requirement x.ok', '5.swap: survived, line 7, x.b'],
    },
    {
      it: 'late is behind the instant that is named, and then all of the connection is late',
      scenario: alice(`
        - { client: alice, send: { t: say }, expect: [ { check: x.ok, frame: { t: ok }, within: 1 s }, { check: x.a, frame: { t: a }, within: 1 s } ] }`),
      script: ['alice < { t: ok, id: c1 }', 'stalled 300 ms', 'alice < { t: a }'],
      of: ['2.delay', '3.delay'],
      fates: ['2.delay: requirement x.ok', '3.delay: requirement x.a'],
    },
    {
      it: 'frames in a batch are items',
      scenario: alice(
        '  - { client: alice, expect: [ { check: b.a, frame: { t: a } }, { optional: { check: b.b, frame: { t: b } } }, { check: b.c, frame: { t: c } } ] }',
      ),
      script: ['alice < { t: batch, of: [ { t: a }, { t: b, n: 1 }, { t: c } ] }'],
      of: ['1.drop/', '1.repeat/', '1.swap/', '1.other-value/of/1/n', '1.near-miss.less'],
      fates: [
        '1.drop/of/0: requirement b.a',
        '1.repeat/of/0: closed-world',
        '1.swap/of/0: closed-world',
        '1.drop/of/1: survived, line 6, b.b',
        '1.repeat/of/1: closed-world',
        '1.swap/of/1: closed-world',
        '1.drop/of/2: requirement b.c',
        '1.repeat/of/2: closed-world',
        '1.near-miss.less/of: requirement b.c',
        '1.other-value/of/1/n: excluded, free-member',
      ],
    },
    {
      it: 'datagrams have no end, and answers of HTTP are not told to others or twice',
      scenario: `
        clients: { voice: { as: connected, transport: dgram }, other: { as: connected, transport: dgram }, web: { as: connected, transport: web }, more: { as: connected, transport: web } }
        steps:
          - { client: voice, send: { t: say }, expect: { check: v.ok, frame: { t: ok } } }
          - { client: web, http: { path: /a }, expect: { check: w.a, frame: { t: ok } } }`,
      script: ['voice < { t: ok, id: c1 }', 'web <http 200 { t: ok }'],
      of: [
        '5.drop',
        '5.repeat',
        '5.swap',
        '5.delay',
        '5.mis',
        '5.close',
        '7.drop',
        '7.re',
        '7.swap',
        '7.delay',
        '7.mis',
        '7.close',
      ],
      fates: [
        '5.drop: requirement v.ok',
        '5.repeat: closed-world',
        '5.delay: requirement v.ok',
        '5.misdeliver: requirement v.ok',
        '7.drop: requirement w.a',
        '7.delay: requirement w.a',
        '7.close-early: requirement w.a',
        '7.remove-member/t: requirement w.a',
      ],
    },
  ]);
});

describe('members', () => {
  table([
    {
      it: 'away, another value, another type, nearly the same',
      scenario: alice(
        '  - { client: alice, send: { t: say }, expect: { check: say.ok, frame: { t: ok, n: 1, list: [ a, $string ], deep: { flag: true } } } }',
      ),
      script: ['alice < { t: ok, id: c1, n: 1, list: [ a, b ], deep: { flag: true } }'],
      of: [
        '2.remove-member/n',
        '2.other-value/n',
        '2.other-type/n',
        '2.near-miss.plus/n',
        '2.near-miss.minus/n',
        '2.remove-member/list',
        '2.near-miss.less',
        '2.near-miss.more',
        '2.other-value/list',
        '2.other-type/list/1',
        '2.other-value/deep',
        '2.remove-member/deep',
      ],
      fates: [
        '2.remove-member/n: requirement say.ok',
        '2.other-value/n: requirement say.ok',
        '2.other-type/n: requirement say.ok',
        '2.near-miss.plus/n: requirement say.ok',
        '2.near-miss.minus/n: requirement say.ok',
        '2.remove-member/list: requirement say.ok',
        '2.near-miss.less/list: requirement say.ok',
        '2.near-miss.more/list: requirement say.ok',
        '2.other-value/list/0: requirement say.ok',
        '2.other-value/list/1: excluded, free-member',
        '2.other-type/list/1: requirement say.ok',
        '2.remove-member/deep: requirement say.ok',
        '2.remove-member/deep/flag: requirement say.ok',
        '2.other-value/deep/flag: requirement say.ok',
      ],
    },
    {
      it: 'one that a row forbids is added, and survives where no pattern forbids it',
      scenario: alice(`
        - client: alice
          send: { t: say }
          expect: { check: say.ok, frame: { t: ok }, verify: { check: say.no-key, frame: { key: $absent } } }`),
      script: ['alice < { t: ok, id: c1, user: { name: a } }'],
      rows: [
        {
          id: 'say.no-key',
          forbids: [
            { kind: 'ok', at: '/key' },
            { kind: 'ok', at: '/user/secret' },
            { kind: 'no', at: '/x' },
          ],
        },
      ],
      of: ['2.forbidden-member'],
      fates: [
        '2.forbidden-member/key: requirement say.no-key',
        '2.forbidden-member/user/secret: survived, line 8, say.ok',
      ],
    },
    {
      it: 'of a long list the elements at its ends',
      scenario: alice(
        '  - { client: alice, expect: { check: x.a, frame: { t: a, list: [1, 2, 3, 4, 5, 6, 7, 8, 9] } } }',
      ),
      script: ['alice < { t: a, list: [1, 2, 3, 4, 5, 6, 7, 8, 9] }'],
      of: ['1.other-value/list'],
      fates: [0, 1, 2, 3, 5, 6, 7, 8].map(k => `1.other-value/list/${k}: requirement x.a`),
    },
    {
      it: 'HTTP: the status, and the headers that a pattern reads',
      scenario: web(
        '  - { client: web, http: { path: /a }, expect: { check: w.a, http: { status: 201, headers: { ETag: { $string: { max: 1 } } } } } }',
      ),
      script: ['web <http 201 etag=x other=y'],
      of: ['2.'],
      fates: [
        '2.drop: requirement w.a',
        '2.delay: requirement w.a',
        '2.close-early: requirement w.a',
        '2.other-value.http:/status: requirement w.a',
        '2.near-miss.http:/status: requirement w.a',
        '2.remove-member.http:/headers/etag: requirement w.a',
        '2.other-value.http:/headers/etag: survived, line 6, w.a',
        '2.near-miss.character.http:/headers/etag: survived, line 6, w.a',
        '2.near-miss.case.http:/headers/etag: survived, line 6, w.a',
      ],
    },
    {
      it: 'a text is changed as a whole',
      scenario: `
        clients: { web: { as: connected, transport: plain } }
        steps:
          - { client: web, http: { path: /a }, expect: { check: w.a, text: { $string: { pattern: '^N' } } } }`,
      script: ['web <http 200 Nope'],
      of: ['2.other-value:', '2.near-miss.c'],
      fates: [
        '2.other-value: requirement w.a',
        '2.near-miss.character: survived, line 6, w.a',
        '2.near-miss.case: requirement w.a',
      ],
    },
  ]);
});

describe('beginnings of connections', () => {
  table([
    {
      it: 'what was chosen is changed where a step asks for it',
      scenario: `
        clients: { alice: offline, bob: offline }
        steps:
          - { client: alice, connect: { subprotocols: [chat] }, expect: { opened: {}, verify: { check: door.chosen, opened: { subprotocol: chat } } } }
          - { client: alice, send: { t: say }, expect: { check: say.ok, frame: { t: ok } } }
          - { client: bob, connect: { subprotocols: [chat] } }`,
      script: ['alice < { t: ok, id: c1 }'],
      of: ['0.', '1.', '4.'],
      fates: [
        '0.remove-member.opened:/subprotocol: requirement door.chosen',
        '0.other-value.opened:/subprotocol: requirement door.chosen',
        '0.near-miss.character.opened:/subprotocol: requirement door.chosen',
        '0.near-miss.case.opened:/subprotocol: requirement door.chosen',
      ],
    },
    {
      it: 'what was chosen and not asked for is a hole',
      scenario: `
        clients: { alice: offline }
        steps: [ { client: alice, connect: { subprotocols: [chat] }, expect: { check: door.open, opened: {} } } ]`,
      script: [],
      of: ['0.remove'],
      fates: ['0.remove-member.opened:/subprotocol: survived, line 5, door.open'],
    },
  ]);
});

describe('ends of connections', () => {
  table([
    {
      it: 'another code, and none',
      scenario: alice(
        '  - { client: alice, send: { t: bye }, expect: [ { check: bye.ok, frame: { t: ok } }, { check: bye.code, closed: { code: 1009 } } ] }',
      ),
      script: ['alice < { t: ok, id: c1 }', 'alice closed 1009'],
      of: ['2.close-early', '3.'],
      fates: [
        '2.close-early: requirement bye.ok',
        '3.close-code: requirement bye.code',
        '3.never-close: requirement bye.code',
      ],
    },
    {
      it: 'an end that nobody waits for is noticed by the closed world',
      scenario: both(heard),
      script: ['alice < { t: ok, id: c1 }', 'bob < { t: said, text: hi }'],
      of: ['7.close-early'],
      fates: ['7.close-early: closed-world'],
    },
    {
      it: 'our own close waits for the end, and cares for no code',
      scenario: alice(`${asks}\n  - { client: alice, close: {} }`),
      script: ['alice < { t: ok, id: c1, n: 1 }'],
      of: ['4.'],
      fates: ['4.never-close: step steps.done'],
    },
  ]);
});

describe('killers', () => {
  table([
    {
      it: 'a recipe, a step, a requirement, a barrier',
      scenario: `
        clients: { alice: user }
        steps:
          - { client: alice, send: { t: say }, expect: { frame: { t: ok } } }
          - { client: alice, send: { t: say }, expect: { check: say.ok, frame: { t: ok } } }`,
      script: ['alice < { t: ok, id: c1, key: k }', 'alice < { t: ok, id: c2 }', 'alice < { t: ok, id: c3 }'],
      of: ['2.drop', '4.drop', '6.drop', '8.drop'],
      fates: [
        '2.drop: recipe login.answered',
        '4.drop: step steps.done',
        '6.drop: requirement say.ok',
        '8.drop: barrier steps.done',
      ],
    },
    {
      it: 'an expectation before the schema, wherever each of them notices',
      scenario: alice(`
        - { client: alice, expect: { check: say.heard, frame: { t: said, text: hi } } }
        - { client: alice, expect: { frame: { t: said, text: { $oneOf: [ $string, 7 ] } } } }`),
      script: ['alice < { t: said, text: hi }', 'alice < { t: said, text: ho }'],
      schemas: toySchemas,
      of: ['1.other-type/text', '2.other-type/text', '2.remove-member/text'],
      fates: [
        '1.other-type/text: requirement say.heard',
        '2.remove-member/text: step steps.done',
        '2.other-type/text: schema',
      ],
    },
    {
      it: 'an expectation before the closed world, also where it notices later',
      scenario: both(`
        - { client: alice, expect: { check: x.a, frame: { t: a } }, until: barrier }
        - { client: bob, expect: { check: x.b, frame: { t: b } } }`),
      script: ['alice < { t: a }', 'alice pong', 'bob < { t: b }'],
      of: ['5.misdeliver', '5.repeat'],
      fates: ['5.repeat: closed-world', '5.misdeliver: requirement x.b'],
    },
    {
      it: 'only rows that are not required: a warning; with the schema it is none',
      scenario: alice(`
        - client: alice
          expect: { frame: { t: said }, verify: { check: x.text, frame: { text: hi } } }`),
      script: ['alice < { t: said, text: hi }'],
      schemas: toySchemas,
      rows: [{ id: 'x.text', level: 'should' }],
      of: ['1.other-value/text', '1.other-type/text'],
      fates: ['1.other-value/text: requirement x.text, warning', '1.other-type/text: requirement x.text'],
    },
    {
      it: 'a never',
      scenario: both(`
        - { client: alice, expect: { check: x.a, frame: { t: a } } }
        - { client: bob, never: { check: x.never, frame: { t: a } }, until: barrier }`),
      script: ['alice < { t: a }', 'bob pong'],
      of: ['2.misdeliver'],
      fates: ['2.misdeliver: requirement x.a'],
    },
  ]);
});

describe('what we wrote', () => {
  table([
    {
      it: 'a changed name that we send diverges, unless it is noticed before',
      scenario: alice(`
        - { client: alice, send: { t: say }, expect: { check: say.ok, frame: { t: ok, key: { $as: key } } } }
        - { client: alice, expect: { optional: { frame: { t: key, key: $(key) } } }, until: barrier }
        - { client: alice, send: { t: say, key: $(key) }, expect: { frame: { t: ok } } }`),
      script: [
        'alice < { t: ok, id: c1, key: abc }',
        'alice < { t: key, key: abc }',
        'alice pong',
        'alice < { t: ok, id: c3 }',
      ],
      of: ['2.other-value/key', '2.remove-member/key', '4.other-value/key'],
      fates: [
        '2.remove-member/key: requirement say.ok',
        '2.other-value/key: closed-world',
        '4.other-value/key: closed-world',
      ],
    },
    {
      it: 'one that we may not send diverges too',
      scenario: alice(`
        - { client: alice, send: { t: say, text: a }, expect: { check: say.ok, frame: { t: ok, key: { $as: key } } } }
        - { client: alice, send: { t: say, text: $(key) }, expect: { frame: { t: ok } } }`),
      script: ['alice < { t: ok, id: c1, key: abc }', 'alice < { t: ok, id: c2 }'],
      schemas: toySchemas,
      of: ['2.other-type/key', '2.near-miss.case/key'],
      fates: ['2.other-type/key: diverged', '2.near-miss.case/key: diverged'],
    },
    {
      it: 'so does one that makes a path, a header or a fact',
      scenario: `
        clients: { alice: connected, web: { as: connected, transport: web }, late: offline }
        steps:
          - { client: alice, expect: { frame: { t: a, path: { $as: path }, head: { $as: head }, mail: { $as: mail }, way: { $as: way } } } }
          - { client: web, http: { path: "/$(path)" }, expect: { http: {} } }
          - { client: web, http: { path: /x, headers: { x-head: $(head) } }, expect: { http: {} } }
          - { fetch: otp, with: { email: $(mail) }, as: code }
          - { client: late, connect: { path: "/$(way)" } }`,
      script: ['alice < { t: a, path: p, head: h, mail: m, way: w }', 'web <http 200', 'web <http 200', 'fetched 1'],
      of: ['2.other-value/path', '2.other-value/head', '2.other-value/mail', '2.other-value/way'],
      fates: [
        '2.other-value/path: diverged',
        '2.other-value/head: diverged',
        '2.other-value/mail: diverged',
        '2.other-value/way: diverged',
      ],
    },
    {
      it: 'the instant in what we sent is that of the log',
      scenario: alice(`
        - { client: alice, expect: { frame: { t: a } } }
        - { client: alice, send: { t: say, at: { $now: ms } }, expect: { check: say.ok, frame: { t: ok } } }`),
      script: ['@1000 alice < { t: a }', 'alice < { t: ok, id: c1 }'],
      of: ['1.repeat', '1.swap', '1.delay'],
      fates: ['1.repeat: closed-world', '1.delay: step steps.done'],
    },
    {
      it: 'where the log goes on with a write that nobody asked for, nothing behind it counts',
      scenario: alice(`
        - { client: alice, send: { t: say }, expect: { check: x.a, frame: { t: a } } }
        - { client: alice, send: { t: say }, expect: { check: x.again, frame: { t: a } } }`),
      script: ['alice < { t: a }', 'alice < { t: a }'],
      of: ['2.drop', '4.drop'],
      fates: ['2.drop: requirement x.a', '4.drop: requirement x.again'],
    },
    {
      it: 'who has waited as long as patience lasts has given up, also if it comes then',
      scenario: both(`
        - { client: alice, expect: { check: x.a, frame: { t: a } } }
        - { client: bob, expect: { check: x.b, frame: { t: b } } }
        - { client: alice, expect: { optional: { frame: { t: a } } }, until: 9 s }`),
      script: ['alice < { t: a }', 'bob < { t: b }', '@8000 alice < { t: a }', 'due alice until'],
      of: ['2.drop', '2.remove', '4.drop'],
      fates: ['2.drop: requirement x.a', '2.remove-member/t: requirement x.a', '4.drop: survived, line 8, steps.done'],
    },
  ]);
});

describe('excluded', () => {
  table([
    {
      it: 'identical: equal neighbours have changed places',
      scenario: alice('  - { client: alice, expect: { repeat: { frame: { t: a } }, times: 2 } }'),
      script: ['alice < { t: a }', 'alice <text {"t": "a"}'],
      of: ['1.swap'],
      fates: ['1.swap: excluded, identical'],
    },
    {
      it: 'ignored: what may come at any time may change as well, while it stays that; what is foreign is left alone',
      scenario: alice(asks),
      script: ['alice < { t: noise, a: 1 }', 'alice < { t: alien }', 'alice < { t: ok, id: c1, n: 1 }'],
      of: ['2.drop', '2.repeat', '2.swap', '2.other-value', '3.drop', '3.other-value'],
      fates: [
        '2.drop: excluded, ignored',
        '2.repeat: excluded, ignored',
        '2.swap: excluded, ignored',
        '2.other-value/t: closed-world',
        '2.other-value/a: excluded, ignored',
      ],
    },
    {
      it: 'unread: what comes behind the answer of the last barrier',
      scenario: alice(asks),
      script: ['alice < { t: ok, id: c1, n: 1 }'],
      of: ['2.repeat', '4.repeat'],
      fates: ['2.repeat: closed-world', '4.repeat: excluded, unread'],
    },
    {
      it: 'unread: what comes in finally, which decides nothing',
      scenario: alice(`${asks}\nfinally: [ { client: alice, send: { t: say }, expect: { frame: { t: ok } } } ]`),
      script: ['alice < { t: ok, id: c1, n: 1 }', 'alice pong', 'alice < { t: ok, id: c3 }'],
      of: ['6.drop', '6.repeat', '6.delay', '6.close', '6.remove-member/t', '6.other'],
      fates: [
        'drop',
        'repeat',
        'delay',
        'close-early',
        'remove-member/t',
        'other-value/t',
        'other-type/t',
        'other-value/id',
        'other-type/id',
      ].map(name => `6.${name}: excluded, unread`),
    },
    {
      it: 'not excluded: a member that a row names; the last step of the client answers for what the end sweep reads',
      scenario: alice(asks),
      script: ['alice < { t: ok, id: c1, n: 1 }', 'alice < { t: pong, id: c2, load: 1 }'],
      rows: [{ id: 'x.load', members: [{ kind: 'pong', at: '/load' }] }],
      of: ['4.other-value/load'],
      fates: ['4.other-value/load: survived, line 6'],
    },
    {
      it: 'free member: neither a row nor the schema speaks of it',
      scenario: alice('  - { client: alice, expect: { frame: { t: said } } }'),
      script: ['alice < { t: said, text: hi, more: { deep: 1 } }'],
      schemas: toySchemas,
      rows: [{ id: 'x.deep', members: [{ kind: 'said', at: '/more/deep' }] }],
      of: ['1.other-value/text', '1.remove-member/text', '1.other-value/more/deep', '1.remove-member/more'],
      fates: [
        '1.remove-member/text: schema',
        '1.other-value/text: excluded, free-member',
        '1.remove-member/more: survived, line 6, steps.done',
        '1.remove-member/more/deep: survived, line 6, steps.done',
        '1.other-value/more/deep: survived, line 6, steps.done',
      ],
    },
    {
      it: 'free order: the pack says so',
      scenario: alice(
        '  - { client: alice, expect: { anyOrder: [ { frame: { t: a } }, { frame: { t: b } }, { frame: { t: c } }, { frame: { t: c, n: 2 } } ] } }',
      ),
      script: [
        'alice < { t: a }',
        'alice < { t: b }',
        'alice < { t: c, n: 1 }',
        'alice < { t: batch, of: [ { t: c, n: 2 }, { t: noise } ] }',
      ],
      pack: `${toyPack}unordered: [ [a, b], [b, c] ]\n`,
      of: ['1.swap', '2.swap', '3.swap', '4.swap'],
      fates: [
        '1.swap: excluded, free-order',
        '2.swap: excluded, free-order',
        '3.swap: survived, line 6, steps.done',
        '4.swap/of/0: excluded, ignored',
      ],
    },
  ]);
});

test('a mutant says what was changed, where, and which required rows name it', () => {
  const judged = mutantsOf(alice(asks), ['alice < { t: ok, id: c1, n: 1, list: [ { a: b } ] }'], {
    rows: [
      { id: 'x.list', members: [{ kind: 'ok', at: '/list' }] },
      { id: 'x.a', level: 'should', members: [{ kind: 'ok', at: '/list/*/a' }] },
      { id: 'x.other', members: [{ kind: 'no', at: '/list' }] },
    ],
  });
  const found = judged.find(({ mutant }) => mutant.id === 'toy/test@ws~2.other-value/list/0/a')!;
  expect(found.mutant).toEqual({
    id: 'toy/test@ws~2.other-value/list/0/a',
    execution: 'toy/test@ws',
    scenario: 'toy/test.yaml',
    client: 'alice',
    event: 2,
    operator: 'other-value',
    kind: 'ok',
    at: '/list/*/a',
    was: '"b"',
    becomes: '"c"',
  });
  expect(found.mustRows).toEqual(['x.list']);
  const ids = judged.map(({ mutant }) => mutant.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('executions that do not pass as they are, and logs of another scenario, are left alone', () => {
  const { machine, log } = play(alice(asks), ['alice < { t: ok, id: c1, n: 2 }']);
  const prove = (events: typeof log) => proveLog(runOf(machine, events), suitesOf(machine), {}, () => {}).left;
  expect(prove(log)).toEqual([{ execution: 'toy/test@ws', verdict: 'fail' }]);
  const good = play(alice(asks), ['alice < { t: ok, id: c1, n: 1 }']).log;
  const other = good.map(event => (event.event === 'written' ? { ...event, text: `${event.text} ` } : event));
  expect(prove(other)).toEqual([{ execution: 'toy/test@ws', verdict: 'inconclusive' }]);
  expect(prove(good.slice(0, 3))).toEqual([{ execution: 'toy/test@ws', verdict: 'inconclusive' }]);
});

test('a mutant is explained by the results of its changed log', () => {
  const { machine, log } = play(alice(asks), ['alice < { t: ok, id: c1, n: 1 }']);
  const run = runOf(machine, log);
  const { judged, result } = explainMutant(run, suitesOf(machine), 'toy/test@ws~2.near-miss.plus/n')!;
  expect(judged.fate).toMatchObject({ fate: 'killed', by: 'requirement', check: 'say.ok' });
  expect(result.verdict).toBe('fail');
  expect(result.failures[0]).toMatchObject({
    check: 'say.ok',
    nearest: { differences: [{ at: '/n', expected: '1', came: '2' }] },
  });
  expect(explainMutant(run, suitesOf(machine), 'toy/test@ws~2.none')).toBeUndefined();
  expect(explainMutant(run, suitesOf(machine), 'toy/other~2.drop')).toBeUndefined();
});

test('a sample has some of every operator in every scenario, and is drawn from its seed', () => {
  const { machine, log } = play(alice(asks), ['alice < { t: ok, id: c1, n: 1 }']);
  const run = runOf(machine, log);
  const sampled = (share: number, seed: string) => {
    const ids: string[] = [];
    const { mutants, judged } = proveLog(run, suitesOf(machine), { sample: { share }, seed }, ({ mutant }) =>
      ids.push(mutant.id),
    );
    expect([mutants, judged]).toEqual([mutantIds(run, suitesOf(machine)).length, ids.length]);
    return ids;
  };
  const few = sampled(0.01, '1');
  expect(few.map(id => /~\d+\.([a-z-]+)/.exec(id)![1]).sort()).toEqual([
    'close-early',
    'delay',
    'drop',
    'near-miss',
    'other-type',
    'other-value',
    'remove-member',
    'repeat',
  ]);
  expect(sampled(0.01, '1')).toEqual(few);
  expect(sampled(0.01, '2')).not.toEqual(few);
  expect(sampled(1, '1')).toEqual(mutantIds(run, suitesOf(machine)));
});

test('it goes from execution to execution, and can be stopped between them', () => {
  const { machine, log } = play(alice(asks), ['alice < { t: ok, id: c1, n: 1 }']);
  const ids: string[] = [];
  const steps = proveSteps(runOf(machine, log), suitesOf(machine), {}, ({ mutant }) => ids.push(mutant.id));
  expect(steps.next().value).toEqual({ done: 0, of: 1 });
  expect(ids).toEqual([]);
  expect(steps.next()).toMatchObject({ done: true, value: { packs: ['toy'], executions: 1, left: [] } });
  expect(ids.length).toBeGreaterThan(20);
});

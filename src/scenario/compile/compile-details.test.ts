import { describe, expect, test } from 'vitest';
import { sketchPattern, sketchPlan, sketchSteps } from './testing/plan-sketch.ts';
import { compileSample, type SampleFiles } from './testing/sample-suite.ts';

function scenario(body: string): string {
  return `antiphon: 1\nscenario: A test\nprotocol: chat\ntransports: [socket]\n${body}`;
}

/** The steps of the first plan that come after the recipes; nothing may have been reported. */
function stepsOf(body: string, files: SampleFiles = {}): string[] {
  const { plans, found } = compileSample(scenario(body), files);
  expect(found).toEqual([]);
  return sketchSteps(plans[0]!.steps.filter(step => step.phase === 'steps'));
}

describe('names', () => {
  test.each([
    [
      'in a step of several clients they go to the client',
      `  - client: [alice, bob]
    expect: { frame: { type: relay, ip: { $as: ip }, copy: $(ip) } }
  - client: alice
    send: { type: say, body: $(bob.ip) }
  - client: [alice, bob]
    send: { type: say, body: "$(self.ip) $(self.account.user)" }
`,
      [
        'alice+bob expect {type: "relay", ip: as self.ip, copy: <self.ip>}',
        'alice send {type: "say", body: <bob.ip>}',
        'alice+bob send {type: "say", body: `<self.ip> <self.account.user>`}',
      ],
    ],
    [
      'two items of one expect may bind one name',
      `  - client: alice
    expect:
      anyOrder:
        - frame: { type: reply, seq: { $as: seq } }
        - frame: { type: said, seq: { $as: seq } }
  - client: bob
    expect: { frame: { type: said, seq: $(seq + 1) } }
`,
      [
        'alice expect anyOrder({type: "reply", seq: as seq}; {type: "said", seq: as seq})',
        'bob expect {type: "said", seq: <seq + 1>}',
      ],
    ],
    [
      'of a repeat they are those of the turn inside, and a list behind it',
      `  - client: alice
    send: { type: say, body: number $(i) }
    times: 2
    expect:
      repeat:
        - frame: { type: reply, seq: { $as: seq } }
        - frame: { type: said, seq: $(seq), number: $(i) }
      times: 2
  - client: bob
    send: { type: seen, all: $(seq) }
`,
      [
        'alice send {type: "say", body: `number <i>`} x 2 expect repeat(inOrder({type: "reply", seq: as seq@}; {type: "said", seq: <seq@>, number: <i>}), 2..2)',
        'bob send {type: "seen", all: <seq>}',
      ],
    ],
    [
      'bound in every alternative they are bound',
      `  - client: alice
    expect:
      oneOf:
        - frame: { type: reply, seq: { $as: seq } }
        - inOrder: [ { frame: { type: said } }, { frame: { type: late, seq: { $as: seq } } } ]
  - client: bob
    send: { type: seen, seq: $(seq) }
`,
      [
        'alice expect oneOf({type: "reply", seq: as seq}; inOrder({type: "said"}; {type: "late", seq: as seq}))',
        'bob send {type: "seen", seq: <seq>}',
      ],
    ],
    [
      'may be of what is sent',
      `  - client: alice
    send: { type: say, body: { $as: text, $now: ms } }
    expect: { frame: { type: said, body: $(text) } }
`,
      ['alice send {type: "say", body: now as text} expect {type: "said", body: <text>}'],
    ],
    [
      'of a call are seen by its own answer',
      `  - client: hook
    answer: [ { call: { ask: { $as: id } }, with: { answer: $(id) } }, { call: { tell: { $as: id } }, with: { told: $(id) } } ]
`,
      ['hook answer'],
    ],
  ])('%s', (_, steps, sketch) => {
    expect(stepsOf(`clients: { alice: guest, bob: guest, hook: plugin }\nsteps:\n${steps}`)).toEqual(sketch);
  });
});

describe('replies, omissions, branches and barriers', () => {
  test.each([
    [
      'a reply without id asks for that of the only request',
      '    send: { type: say, body: a }\n',
      '{type: "reply"} @/id',
    ],
    ['not after several frames', '    send: [ { type: say, body: a }, { type: say, body: b } ]\n', '{type: "reply"}'],
    ['not after several turns', '    send: { type: say, body: a }\n    times: 2\n', '{type: "reply"}'],
    ['once is one', '    send: { type: say, body: a }\n    times: 1\n', '{type: "reply"} @/id'],
    ['not without a request', '', '{type: "reply"}'],
    ['not after raw text', '    raw: "{}"\n', '{type: "reply"}'],
  ])('%s', (_, act, demand) => {
    const [step] = stepsOf(
      `clients: { alice: guest }\nsteps:\n  - client: alice\n${act}    expect: { frame: { type: reply } }\n`,
    );
    expect(step!.slice(step!.indexOf('expect') + 'expect '.length)).toBe(demand);
  });

  test.each([
    ['{ type: reply, id: x }', '{type: "reply", id: "x"}'],
    ['{ type: reply, id: $absent }', '{type: "reply", id: absent}'],
    ['{ $exact: { type: reply } }', '{type: "reply"}'],
    ['{ type: said }', '{type: "said"}'],
    ['{ type: { $oneOf: [reply, said] } }', '{type: oneOf["reply", "said"]}'],
  ])('a pattern that says something of the id, or is of no reply kind, asks for no other: %s', (frame, demand) => {
    expect(
      stepsOf(
        `clients: { alice: guest }\nsteps:\n  - client: alice\n    send: { type: say, body: a }\n    expect: { frame: ${frame} }\n`,
      ),
    ).toEqual([`alice send {"type":"say","body":"a"} expect ${demand}`]);
  });

  test('what a transport cannot carry is not asked for there', () => {
    const { plans, found } = compileSample(`antiphon: 1
scenario: Colors
protocol: chat
clients: { alice: connected }
steps:
  - client: alice
    expect:
      - frame: { type: said, ts: $time, body: { color: red, text: hi } }
      - frame: { type: sung, ts: $absent, body: { color: red } }
      - byTransport: { socket: { frame: { on: socket } }, lines: { frame: { on: $(pack.greeting) } } }
`);
    expect(found).toEqual([]);
    expect(plans.map(plan => sketchPlan(plan)[1])).toEqual([
      'alice expect inOrder({type: "said", ts: time, body: {color: "red", text: "hi"}}; {type: "sung", ts: absent, body: {color: "red"}}; {on: "socket"})',
      'alice expect inOrder({type: "said", body: {text: "hi"}}; {type: "sung", ts: absent, body: {color: "red"}}; {on: <pack.greeting>})',
    ]);
  });

  test('barriers take parameters; where there is none, the quiet time stands for it', () => {
    const body = `clients: { alice: guest, ear: { as: connected, transport: voice }, web: { as: connected, transport: web } }
steps:
  - client: alice
    never: { check: message.order, frame: { type: said } }
    until: { barrier: { room: $(alice.account.user) } }
  - { client: ear, until: barrier }
  - { client: web, send: { type: say, body: a }, until: 20 ms }
`;
    expect(stepsOf(body)).toEqual([
      'alice never message.order {type: "said"} until barrier {type: "ping", room: <alice.account.user>} {type: "reply", ok: true} @/id',
      'ear until "200000 us"',
      'web send {"type":"say","body":"a"} until "20 ms"',
    ]);
    const { plans } = compileSample(scenario(body));
    expect(plans[0]!.clients.map(client => client.barrier?.proves)).toEqual(['all before it', undefined, undefined]);
  });

  test('checks come from the item, its groups, the step; else they are steps.done', () => {
    expect(
      stepsOf(`clients: { alice: guest }
steps:
  - client: alice
    check: message.order
    expect:
      - frame: { type: a }
        verify: [ { frame: { ok: true } }, { check: message.delivered, frame: { at: 1 } } ]
      - anyOrder: [ { frame: { type: b } }, { check: message.delivered/c, frame: { type: c } } ]
        check: login.works
    never: { frame: { type: d } }
    until: 1 s
`),
    ).toEqual([
      'alice expect inOrder(message.order {type: "a"} verify message.order {ok: true} verify message.delivered {at: 1}; ' +
        'anyOrder(login.works {type: "b"}; message.delivered/c {type: "c"})) never message.order {type: "d"} until "1 s"',
    ]);
  });

  test.each([
    ['client', '{ as: guest, ignore: [ { of: client } ] }', 'ignore: [ { of: scenario } ]\n', ['{of: "client"}']],
    ['client, strict', '{ as: guest, ignore: [] }', 'ignore: [ { of: scenario } ]\n', []],
    ['scenario', 'guest', 'ignore: { of: scenario }\n', ['{of: "scenario"}']],
    ['actor', 'guest', '', ['{type: "tip"}']],
    ['pack', 'connected', '', ['{type: "notice"}']],
  ])('the nearest ignore counts: %s', (_, client, ignore, patterns) => {
    const { plans, found } = compileSample(
      scenario(`${ignore}clients: { alice: ${client} }\nsteps: [ { client: alice, until: 1 s } ]\n`),
    );
    expect(found).toEqual([]);
    expect(plans[0]!.clients[0]!.ignore.map(sketchPattern)).toEqual(patterns);
  });

  test('every node has a number of its own, and clients of one actor share the barrier of the end sweep', () => {
    const { plans } = compileSample(
      scenario(
        'clients: { alice: user, bob: user }\nsteps: [ { client: alice, expect: { anyOrder: [ { frame: { a: 1 } }, { optional: { frame: { b: 1 } } } ] }, until: barrier } ]\n',
      ),
    );
    const [alice, bob] = plans[0]!.clients;
    expect(alice!.barrier).toBe(bob!.barrier);
    const numbers = [...JSON.stringify([plans[0]!.steps, alice]).matchAll(/"node":(\d+)/g)].map(([, number]) =>
      Number(number),
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

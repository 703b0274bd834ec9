import { describe, expect, test } from 'vitest';
import { sketchPlan, sketchSteps } from './testing/plan-sketch.ts';
import { compileSample, type SampleFiles } from './testing/sample-suite.ts';

const login =
  'alice connect send {type: "login", user: <alice.account.user>, token: <alice.account.token>, device: "first"} ' +
  'expect login.works {type: "reply", ok: true, session: as alice.session} @/id';

const room = `antiphon: 1
fragment: A room with its members
protocol: chat
clients: { owner: one, members: many }
params: { title: room $(owner.account.user) }
gives: [room]
steps:
  - client: owner
    send: { type: open, title: $(title), members: $(members.account.user) }
    expect: { frame: { type: opened, room: { $as: room }, members: { $set: [ $(owner.account.user), $(...members.account.user) ] } } }
  - client: members
    expect: { frame: { type: opened, room: $(room) } }
`;

function scenario(body: string): string {
  return `antiphon: 1\nscenario: A test\nprotocol: chat\ntransports: [socket]\n${body}`;
}

/** The steps of the first plan that come after the recipes; nothing may have been reported. */
function stepsOf(body: string, files: SampleFiles = {}): string[] {
  const { plans, found } = compileSample(scenario(body), files);
  expect(found).toEqual([]);
  return sketchSteps(plans[0]!.steps.filter(step => step.phase === 'steps'));
}

describe('recipes', () => {
  test('run in written order, then the steps; what they give is the client’s', () => {
    const { plans, found } = compileSample(
      scenario(`clients: { alice: user, bob: guest, carol: connected, dora: offline, hook: plugin }
steps:
  - client: carol
    send: { type: say, body: $(alice.session) }
`),
    );
    expect(found).toEqual([]);
    expect(sketchPlan(plans[0]!)).toEqual([
      login,
      'bob connect',
      'carol connect',
      'hook connect',
      'carol send {type: "say", body: <alice.session>}',
    ]);
    expect(plans[0]!.steps.map(step => [step.index, step.phase, step.via])).toEqual([
      [0, 'recipe', ['recipe: alice as user (chat/s.yaml:5)']],
      [1, 'recipe', ['recipe: bob as guest (chat/s.yaml:5)']],
      [2, 'recipe', ['recipe: carol as connected (chat/s.yaml:5)']],
      [3, 'recipe', ['recipe: hook as plugin (chat/s.yaml:5)']],
      [4, 'steps', []],
    ]);
    expect(plans[0]!.clients.map(client => [client.name, client.actor, client.transport, client.account])).toEqual([
      ['alice', 'user', 'socket', true],
      ['bob', 'guest', 'socket', true],
      ['carol', 'connected', 'socket', false],
      ['dora', 'offline', 'socket', false],
      ['hook', 'plugin', 'hook', false],
    ]);
  });

  test('take parameters and other clients', () => {
    const steps = compileSample(
      scenario(`clients: { alice: { as: user, with: { device: phone of $(bob.account.user) } }, bob: guest }
steps: [ { client: [alice, bob], until: barrier } ]
`),
    );
    expect(steps.found).toEqual([]);
    expect(sketchPlan(steps.plans[0]!)[0]).toContain('device: `phone of <bob.account.user>`');
  });
});

describe('executions', () => {
  const cases = `antiphon: 1
scenario: A frame is refused
protocol: chat
cases: [ { name: no text, check: message.order, body: 5 }, { name: none, check: message.delivered, body: null } ]
clients: { alice: connected }
steps:
  - client: alice
    send: { type: say, body: $(case.body) }
    invalid: true
    expect: { check: $(case.check)/refused, frame: { type: reply, ok: false } }
`;

  test('are one for each case on each message transport', () => {
    const { plans, found } = compileSample(cases);
    expect(found).toEqual([]);
    expect(plans.map(plan => [plan.id, plan.title, plan.case, plan.transport])).toEqual([
      ['chat/s#no text@socket', 'A frame is refused: no text', 'no text', 'socket'],
      ['chat/s#none@socket', 'A frame is refused: none', 'none', 'socket'],
      ['chat/s#no text@lines', 'A frame is refused: no text', 'no text', 'lines'],
      ['chat/s#none@lines', 'A frame is refused: none', 'none', 'lines'],
    ]);
    expect(sketchPlan(plans[1]!)[1]).toBe(
      'alice send {"type":"say","body":null} expect message.delivered/refused {type: "reply", ok: false} @/id',
    );
  });

  test('have what the file says of them', () => {
    const { plans, found } = compileSample(
      scenario(`tags: [slow]
needs: [voice, "!restartable"]
isolation: exclusive
timeout: 2 min
clients: { alice: connected }
steps:
  - restart: target
  - { fetch: otp, with: { email: a@example.com }, as: code }
  - client: alice
    send: { type: say, body: $(code) }
finally:
  - { client: alice, close: {} }
`),
    );
    expect(found).toEqual([]);
    const { tags, needs, sources, restarts, exclusive, timeoutUs, finally: last, sourceTexts, foreign } = plans[0]!;
    expect({ tags, needs, sources, restarts, exclusive, timeoutUs, foreign: foreign.length }).toEqual({
      tags: ['slow'],
      needs: ['voice', '!restartable'],
      sources: ['otp'],
      restarts: true,
      exclusive: true,
      timeoutUs: 120e6,
      foreign: 1,
    });
    expect(sketchPlan(plans[0]!)).toEqual([
      'alice connect',
      'restart',
      'fetch otp {email: "a@example.com"} -> code',
      'alice send {type: "say", body: <code>}',
    ]);
    expect(last.map(step => [step.index, step.phase])).toEqual([[4, 'finally']]);
    expect(Object.keys(sourceTexts)).toEqual(['chat/s.yaml', 'chat/pack.yaml']);
  });
});

describe('includes and forEach', () => {
  test('an include sees its clients and params, and gives names to its includer', () => {
    expect(
      stepsOf(
        `clients: { alice: guest, bob: guest, carol: guest }
steps:
  - include: room
    with: { owner: alice, members: [bob, carol] }
  - client: bob
    send: { type: say, body: $(room) }
`,
        { 'fragments/room.yaml': room },
      ),
    ).toEqual([
      'alice send {type: "open", title: `room <alice.account.user>`, members: <each(bob.account carol.account).user>} ' +
        'expect {type: "opened", room: as room, members: set[<alice.account.user>, ...<each(bob.account carol.account).user>]}',
      'bob+carol expect {type: "opened", room: <room>}',
      'bob send {type: "say", body: <room>}',
    ]);
  });

  test('under `as` the names are members of it, and a `many` without clients does nothing', () => {
    expect(
      stepsOf(
        `clients: { alice: guest }
steps:
  - { include: room, with: { owner: alice, members: [], title: a }, as: first }
  - { include: room, with: { owner: alice, members: [], title: b }, as: second }
  - client: alice
    send: [ { type: say, body: $(first.room) }, { type: say, body: $(second.room) } ]
`,
        { 'fragments/room.yaml': room },
      ),
    ).toEqual([
      'alice send {type: "open", title: "a", members: <each().user>} expect {type: "opened", room: as first.room, members: set[<alice.account.user>, ...<each().user>]}',
      'alice send {type: "open", title: "b", members: <each().user>} expect {type: "opened", room: as second.room, members: set[<alice.account.user>, ...<each().user>]}',
      'alice send {type: "say", body: <first.room>}, {type: "say", body: <second.room>}',
    ]);
  });

  test('a turn of forEach is a scope of its own, and its list may come from a variable', () => {
    const { plans, found } = compileSample(
      scenario(`vars: { bodies: [ one, { two: $(unique) } ] }
clients: { alice: connected }
steps:
  - forEach: { body: $(bodies) }
    steps:
      - client: alice
        send: { type: say, body: $(body) }
        expect: { frame: { type: reply, number: { $as: number } } }
      - client: alice
        expect: { frame: { type: said, number: $(number) } }
`),
    );
    expect(found).toEqual([]);
    expect(sketchPlan(plans[0]!).slice(1)).toEqual([
      'alice send {"type":"say","body":"one"} expect {type: "reply", number: as 2:number} @/id',
      'alice expect {type: "said", number: <2:number>}',
      'alice send {type: "say", body: {two: <unique>}} expect {type: "reply", number: as 3:number} @/id',
      'alice expect {type: "said", number: <3:number>}',
    ]);
    expect(plans[0]!.steps[3]!.via).toEqual(['forEach: body, turn 2 (chat/s.yaml:8)']);
  });

  test('names of forEach may be names of clients, and lists may be spread into others', () => {
    expect(
      stepsOf(
        `vars: { some: [alice] }
clients: { alice: connected, bob: connected }
steps:
  - forEach: { who: [ $(...some), bob ] }
    steps: [ { include: hello, with: { me: $(who) } } ]
`,
        {
          'fragments/hello.yaml': `antiphon: 1
fragment: Hello from somebody
protocol: chat
clients: { me: one }
steps: [ { client: me, send: { type: say, body: hello } } ]
`,
        },
      ),
    ).toEqual(['alice send {"type":"say","body":"hello"}', 'bob send {"type":"say","body":"hello"}']);
  });
});
